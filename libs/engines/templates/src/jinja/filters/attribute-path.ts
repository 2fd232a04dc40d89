import { numberOf } from '../numbers.js';
import { textOf, Undefined, type Value } from '../values.js';
import type { FilterContext } from './filter.js';

/** How `sort`, `map`, `sum`, ... read `attribute="a.b.0"`: the parts of the path one after another, numbers as indices. */
export function attributeReader(attribute: Value, context: FilterContext, otherwise?: Value): (value: Value) => Value {
  if (attribute === null) return (value) => value;
  const text = textOf(attribute);
  const steps: Value[] =
    text === undefined ? [numberOf(attribute) ?? 0] : text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return (value) => {
    let found = value;
    for (const step of steps) {
      found = context.item(found, step);
      if (found instanceof Undefined && otherwise !== undefined) return otherwise;
    }
    return found;
  };
}

/** A text in small letters, for comparisons that do not mind case; any other value as it is. */
export function withoutCase(value: Value): Value {
  const text = textOf(value);
  return text === undefined ? value : text.toLowerCase();
}
