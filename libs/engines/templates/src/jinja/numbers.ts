import { PyFloat } from '#common';
import type { Value } from './values.js';

/** A number as Python counts it: an int or a float. A bool is an int. */
export type Numeric = { int: number | bigint } | { float: number };

/** The number of an int, float or bool, and which of the two it is; undefined for any other value. */
export function numeric(value: Value): Numeric | undefined {
  if (typeof value === 'boolean') return { int: Number(value) };
  if (typeof value === 'number') return Number.isInteger(value) ? { int: value } : { float: value };
  if (typeof value === 'bigint') return { int: value };
  return value instanceof PyFloat ? { float: value.value } : undefined;
}

/** The number of an int, float or bool; undefined for any other value. */
export function numberOf(value: Value): number | undefined {
  const found = numeric(value);
  return found && ('int' in found ? Number(found.int) : found.float);
}

/** An int of any size as a value. */
export function intValue(value: bigint): Value {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
