import { numberOf } from './numbers.js';
import { typeError } from './py-error.js';
import { type Arguments, Markup, textOf, typeNameOf, Undefined, type Value } from './values.js';

/** The arguments of a call by the names of its parameters. */
export class BoundArguments {
  private constructor(
    private readonly callee: string,
    private readonly values: ReadonlyMap<string, Value>,
  ) {}

  /** Throws a TypeError for arguments that the callee does not have. */
  static bind(callee: string, parameters: readonly string[], { positional, named }: Arguments): BoundArguments {
    if (positional.length > parameters.length) {
      throw typeError(`${callee}() takes at most ${String(parameters.length)} arguments (${String(positional.length)} given)`);
    }
    const values = new Map<string, Value>();
    positional.forEach((value, i) => values.set(parameters[i] as string, value));
    for (const [name, value] of named) {
      if (!parameters.includes(name)) throw typeError(`${callee}() got an unexpected keyword argument '${name}'`);
      if (values.has(name)) throw typeError(`${callee}() got multiple values for argument '${name}'`);
      values.set(name, value);
    }
    return new BoundArguments(callee, values);
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The value, or the default when there is none; without a default it is required. */
  value(name: string, otherwise?: Value): Value {
    const given = this.values.get(name);
    const value = given === undefined ? otherwise : given;
    if (value === undefined) throw typeError(`${this.callee}() missing required argument: '${name}'`);
    return value;
  }

  /** A text. */
  text(name: string, otherwise?: string): string {
    const value = this.value(name, otherwise);
    if (value instanceof Undefined) value.raise();
    const text = textOf(value);
    if (text === undefined) throw typeError(`${this.callee}() argument '${name}' must be str, not ${typeNameOf(value)}`);
    return text;
  }

  /** A whole number. */
  int(name: string, otherwise?: number): number {
    const value = this.value(name, otherwise);
    if (value instanceof Undefined) value.raise();
    const number = numberOf(value);
    if (number === undefined || typeNameOf(value) === 'float') {
      throw typeError(`'${typeNameOf(value)}' object cannot be interpreted as an integer`);
    }
    return number;
  }

  /** Whether a flag is set. */
  flag(name: string, otherwise: boolean): boolean {
    const value = this.value(name, otherwise);
    return (
      value !== null &&
      value !== false &&
      value !== 0 &&
      value !== '' &&
      !(value instanceof Undefined) &&
      !(value instanceof Markup && value.text === '')
    );
  }
}

/** No arguments. */
export const NO_ARGUMENTS: Arguments = { positional: [], named: new Map() };
