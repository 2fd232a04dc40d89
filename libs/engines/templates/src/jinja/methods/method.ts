import { BoundArguments } from '../arguments.js';
import { Callable, type Value } from '../values.js';

/** Methods of a type: the names of their parameters and what they do. */
export type MethodTable<Self, Context> = Readonly<
  Record<string, readonly [parameters: readonly string[], body: (self: Self, args: BoundArguments, context: Context) => Value] | undefined>
>;

/** A method bound to its value; undefined where the type has none of the name. */
export function bindMethod<Self, Context>(
  table: MethodTable<Self, Context>,
  self: Self,
  name: string,
  context: Context,
): Callable | undefined {
  const method = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!method) return undefined;
  const [parameters, body] = method;
  return new Callable(name, (args) => body(self, BoundArguments.bind(name, parameters, args), context));
}
