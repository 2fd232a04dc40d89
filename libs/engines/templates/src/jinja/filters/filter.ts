import type { BoundArguments } from '../arguments.js';
import type { Budget } from '../budget.js';
import type { Arguments, Value } from '../values.js';

/** What filters need of the rendering. */
export interface FilterContext {
  budget: Budget;
  /** Applies another filter, for `map`. */
  filter(name: string, value: Value, args: Arguments): Value;
  /** Asks a test, for `select` and its like. */
  test(name: string, value: Value, args: Arguments): boolean;
  attribute(value: Value, name: string): Value;
  item(value: Value, key: Value): Value;
}

/** A filter with named parameters. */
export type PlainFilter = readonly [
  parameters: readonly string[],
  apply: (value: Value, args: BoundArguments, context: FilterContext) => Value,
];
/** A filter that takes its arguments as they come. */
export type OpenFilter = (value: Value, args: Arguments, context: FilterContext) => Value;
/** Filters by name. */
export type FilterTable = Readonly<Record<string, PlainFilter | OpenFilter>>;
