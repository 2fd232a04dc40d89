import { PyFloat, type PyFloat as Float } from '#common';
import type { Budget } from './budget.js';
import { typeError, undefinedError } from './py-error.js';

/**
 * A value of a template. A whole `number` is a Python `int` (a `bigint` where it does not fit), any other `number` a `float`, and `PyFloat` a
 * float without a fraction.
 */
export type Value = null | boolean | number | bigint | string | Float | Value[] | Special;

/** Values that are no JSON. */
export abstract class Special {
  /** Python's name of the type, for messages. */
  abstract readonly typeName: string;
}

/** What is not there. Prints as nothing; anything else done with it says what is missing. */
export class Undefined extends Special {
  readonly typeName = 'Undefined';

  constructor(readonly explanation: string) {
    super();
  }

  raise(): never {
    throw undefinedError(this.explanation);
  }
}

/** The value, `None` included; undefined where there is none. */
export function orUndefined(value: Value | undefined, explanation: string): Value {
  return value === undefined ? new Undefined(explanation) : value;
}

/** Text that needs no escaping. */
export class Markup extends Special {
  readonly typeName = 'Markup';

  constructor(readonly text: string) {
    super();
  }
}

/** A sequence that does not change. */
export class Tuple extends Special {
  readonly typeName = 'tuple';

  constructor(
    readonly items: readonly Value[],
    /** Names of the elements, where they have some. */
    readonly names: readonly string[] = [],
  ) {
    super();
  }
}

/** The numbers of `range()`, which are never all there at once. */
export class Range extends Special {
  readonly typeName = 'range';

  constructor(
    readonly start: number,
    readonly stop: number,
    readonly increment: number,
  ) {
    super();
  }

  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.increment));
  }
}

/** What filters such as `map` give: a series to go through, with no length. */
export class Generator extends Special {
  readonly typeName = 'generator';

  constructor(readonly items: readonly Value[]) {
    super();
  }
}

/** `items()`, `keys()` and `values()` of a dict. */
export class DictView extends Special {
  constructor(
    readonly typeName: 'dict_items' | 'dict_keys' | 'dict_values',
    readonly items: readonly Value[],
  ) {
    super();
  }
}

/** Arguments of a call. */
export interface Arguments {
  positional: readonly Value[];
  named: ReadonlyMap<string, Value>;
}

/** What can be called: a macro, a global function, a method of a value. */
export class Callable extends Special {
  readonly typeName = 'function';

  constructor(
    readonly name: string,
    readonly call: (args: Arguments) => Value,
    /** What can be asked of it, such as `arguments` of a macro. */
    readonly attributes: ReadonlyMap<string, Value> = new Map(),
  ) {
    super();
  }
}

/** A thing with attributes: `loop`, `namespace()`, a cycler. */
export class Thing extends Special {
  constructor(
    readonly typeName: string,
    readonly attribute: (name: string) => Value | undefined,
    /** Only `namespace()` lets its attributes be set. */
    readonly setAttribute?: (name: string, value: Value) => void,
    readonly call?: (args: Arguments) => Value,
  ) {
    super();
  }
}

/** A dict. Its keys are Python's: `1`, `1.0` and `True` are one. */
export class Dict extends Special {
  readonly typeName = 'dict';
  private readonly entryByKey = new Map<unknown, [key: Value, value: Value]>();

  static of(entries: Iterable<readonly [Value, Value]>): Dict {
    const dict = new Dict();
    for (const [key, value] of entries) dict.set(key, value);
    return dict;
  }

  get size(): number {
    return this.entryByKey.size;
  }

  get(key: Value): Value | undefined {
    return this.entryByKey.get(keyOf(key))?.[1];
  }

  has(key: Value): boolean {
    return this.entryByKey.has(keyOf(key));
  }

  set(key: Value, value: Value): void {
    const known = this.entryByKey.get(keyOf(key));
    if (known) known[1] = value;
    else this.entryByKey.set(keyOf(key), [key, value]);
  }

  delete(key: Value): void {
    this.entryByKey.delete(keyOf(key));
  }

  clear(): void {
    this.entryByKey.clear();
  }

  entries(): [Value, Value][] {
    return [...this.entryByKey.values()];
  }

  keys(): Value[] {
    return this.entries().map(([key]) => key);
  }

  values(): Value[] {
    return this.entries().map(([, value]) => value);
  }
}

function keyOf(key: Value): unknown {
  if (typeof key === 'boolean') return Number(key);
  if (key instanceof PyFloat) return key.value;
  if (key instanceof Markup) return key.text;
  if (key instanceof Tuple) return JSON.stringify(key.items.map((item) => [typeNameOf(item), String(keyOf(item))]));
  if (Array.isArray(key) || key instanceof Dict) throw typeError(`unhashable type: '${typeNameOf(key)}'`);
  return key;
}

/** A plain JSON value as a value of the template: a copy, so that no template changes what it was given. */
export function fromJson(value: unknown, budget: Budget): Value {
  budget.step();
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint' || value instanceof PyFloat) return value;
  if (Array.isArray(value)) return value.map((item) => fromJson(item, budget));
  if (typeof value !== 'object') throw typeError(`a ${typeof value} can't be given to a template`);
  const plain = 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON as () => unknown)() : value;
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return fromJson(plain, budget);
  return Dict.of(Object.entries(plain).map(([key, item]) => [key, fromJson(item, budget)] as const));
}

/** Python's name of a value's type. */
export function typeNameOf(value: Value): string {
  if (value === null) return 'NoneType';
  if (value instanceof Special) return value.typeName;
  if (Array.isArray(value)) return 'list';
  if (value instanceof PyFloat) return 'float';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return { string: 'str', boolean: 'bool', bigint: 'int' }[typeof value as 'string' | 'boolean' | 'bigint'];
}

/** Text of a str or Markup; undefined for any other value. */
export function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Markup ? value.text : undefined;
}

/** Whether a value counts as true. */
export function isTruthy(value: Value): boolean {
  if (value === null || value instanceof Undefined) return false;
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof Markup) return value.text !== '';
  if (Array.isArray(value) || value instanceof Range) return value.length > 0;
  if (value instanceof Tuple || value instanceof DictView) return value.items.length > 0;
  if (value instanceof Dict) return value.size > 0;
  return typeof value === 'object' || typeof value === 'bigint' ? value !== 0n : Boolean(value) || Number.isNaN(value);
}

/** Number of characters (code points) or elements. */
export function lengthOf(value: Value): number {
  const text = textOf(value);
  if (text !== undefined) return characterCount(text);
  if (Array.isArray(value) || value instanceof Range) return value.length;
  if (value instanceof Dict) return value.size;
  if (value instanceof Tuple || value instanceof DictView) return value.items.length;
  if (value instanceof Undefined) return 0;
  throw typeError(`object of type '${typeNameOf(value)}' has no len()`);
}

/** The elements of a value, one by one, a step each; characters of a text, keys of a dict. */
export function* elementsOf(value: Value, budget: Budget): Generator_<Value> {
  for (const element of unpaidElementsOf(value)) {
    budget.step();
    yield element;
  }
}

function* unpaidElementsOf(value: Value): Generator_<Value> {
  const text = textOf(value);
  if (text !== undefined) yield* text;
  else if (Array.isArray(value)) yield* value;
  else if (value instanceof Tuple || value instanceof Generator || value instanceof DictView) yield* value.items;
  else if (value instanceof Dict) yield* value.keys();
  else if (value instanceof Range) for (let i = 0; i < value.length; i += 1) yield value.start + i * value.increment;
  else if (!(value instanceof Undefined)) throw typeError(`'${typeNameOf(value)}' object is not iterable`);
}

type Generator_<T> = globalThis.Generator<T, void, undefined>;

/** All elements at once, paid for. */
export function listOf(value: Value, budget: Budget): Value[] {
  if (value instanceof Range) budget.allocate(value.length);
  const items: Value[] = [];
  for (const item of elementsOf(value, budget)) {
    budget.allocate(1);
    items.push(item);
  }
  return items;
}

/** Whether a text holds characters outside the basic plane, which are two units of a JavaScript string. */
export function isWide(text: string): boolean {
  return /[\ud800-\udbff]/.test(text);
}

/** Number of code points. */
export function characterCount(text: string): number {
  return isWide(text) ? Array.from(text).length : text.length;
}
