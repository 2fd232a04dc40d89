import type { Budget } from './budget.js';
import { dictMethod } from './methods/dict-methods.js';
import { listMethod, tupleMethod } from './methods/list-methods.js';
import { numberMethod } from './methods/number-methods.js';
import { stringMethod } from './methods/string-methods.js';
import { numberOf } from './numbers.js';
import { typeError, valueError } from './py-error.js';
import { repr } from './text.js';
import { Callable, Dict, isWide, Range, textOf, Thing, Tuple, typeNameOf, Undefined, type Value } from './values.js';

/** `value.name`: an attribute or method that a template may use, or the item of that name. What is not there is undefined. */
export function attributeOf(value: Value, name: string, budget: Budget): Value {
  if (value instanceof Undefined) value.raise();
  const own = ownAttribute(value, name, budget);
  if (own !== undefined) return own;
  const item = value instanceof Dict ? value.get(name) : undefined;
  return item === undefined ? missing(value, `attribute '${name}'`) : item;
}

function ownAttribute(value: Value, name: string, budget: Budget): Value | undefined {
  if (value instanceof Thing) return value.attribute(name);
  if (value instanceof Callable) return value.attributes.get(name);
  if (value instanceof Dict) return dictMethod(value, name, budget);
  if (value instanceof Tuple) return tupleMethod(value, name, budget);
  if (Array.isArray(value)) return listMethod(value, name, budget);
  const text = textOf(value);
  if (text !== undefined) return stringMethod(text, name, budget, members);
  return value === null ? undefined : numberMethod(value, name);
}

/** `value[key]`: the item of that key or index; for a text as the key, the attribute where there is no item. */
export function itemOf(value: Value, key: Value, budget: Budget): Value {
  if (value instanceof Undefined) value.raise();
  const found = itemIn(value, key);
  if (found !== undefined) return found;
  const name = textOf(key);
  if (name === undefined) return missing(value, `element ${repr(key, budget)}`);
  const own = ownAttribute(value, name, budget);
  return own === undefined ? missing(value, `attribute '${name}'`) : own;
}

function itemIn(value: Value, key: Value): Value | undefined {
  if (value instanceof Dict) return Array.isArray(key) || key instanceof Dict ? undefined : value.get(key);
  const index = numberOf(key);
  if (index === undefined || !Number.isInteger(index)) return undefined;
  if (value instanceof Range) {
    const at = index < 0 ? index + value.length : index;
    return at >= 0 && at < value.length ? value.start + at * value.increment : undefined;
  }
  const text = textOf(value);
  if (text !== undefined) return isWide(text) ? Array.from(text).at(index) : text.at(index);
  return elements(value)?.at(index);
}

function elements(value: Value): readonly Value[] | undefined {
  return Array.isArray(value) ? value : value instanceof Tuple ? value.items : undefined;
}

/** `value[start:stop:step]`. */
export function sliceOf(value: Value, bounds: readonly (Value | undefined)[], budget: Budget): Value {
  if (value instanceof Undefined) value.raise();
  const [start, stop, step] = bounds.map((bound) => boundOf(bound));
  const text = textOf(value);
  if (text !== undefined) {
    budget.allocate(text.length);
    if (!isWide(text) && (step ?? 1) === 1) return text.slice(start ?? 0, stop ?? text.length);
    return pick(Array.from(text), start, stop, step ?? 1).join('');
  }
  if (value instanceof Range) return sliceOfRange(value, start, stop, step ?? 1);
  const items = elements(value);
  if (!items) return missing(value, 'element slice(...)');
  budget.allocate(items.length);
  const picked = pick(items, start, stop, step ?? 1);
  return Array.isArray(value) ? picked : new Tuple(picked);
}

/** A range of a range, without going through either. */
function sliceOfRange(range: Range, start: number | undefined, stop: number | undefined, step: number): Range {
  const [from, to] = ends(range.length, start, stop, step);
  return new Range(range.start + from * range.increment, range.start + to * range.increment, range.increment * step);
}

function boundOf(bound: Value | undefined): number | undefined {
  if (bound === undefined || bound === null) return undefined;
  const number = numberOf(bound);
  if (number === undefined || !Number.isInteger(number))
    throw typeError('slice indices must be integers or None or have an __index__ method');
  return number;
}

function pick<T>(items: readonly T[], start: number | undefined, stop: number | undefined, step: number): T[] {
  if (step === 1) return items.slice(start ?? 0, stop ?? items.length);
  const [from, to] = ends(items.length, start, stop, step);
  const picked: T[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) picked.push(items[i] as T);
  return picked;
}

/** First index of a slice, and the one before which it ends. */
function ends(length: number, start: number | undefined, stop: number | undefined, step: number): [from: number, to: number] {
  if (step === 0) throw valueError('slice step cannot be zero');
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (bound: number): number => Math.min(Math.max(bound < 0 ? bound + length : bound, low), high);
  const [first, last] = step > 0 ? [low, high] : [high, low];
  return [start === undefined ? first : clamp(start), stop === undefined ? last : clamp(stop)];
}

function missing(value: Value, what: string): Undefined {
  const owner = value === null ? 'None' : `'${typeNameOf(value)} object'`;
  return new Undefined(value === null ? `'${owner}' has no ${what}` : `${owner} has no ${what}`);
}

const members = { attribute: attributeOf, item: itemOf };
/** How formats and filters read attributes and items. */
export type Members = typeof members;
