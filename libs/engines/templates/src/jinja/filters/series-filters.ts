import type { BoundArguments } from '../arguments.js';
import type { Budget } from '../budget.js';
import { isEqual, operate, order } from '../operators.js';
import { PyError, typeError } from '../py-error.js';
import { joinTexts } from '../methods/text-operations.js';
import { str } from '../text.js';
import {
  Dict,
  elementsOf,
  Generator,
  isTruthy,
  lengthOf,
  listOf,
  orUndefined,
  textOf,
  Tuple,
  typeNameOf,
  Undefined,
  type Arguments,
  type Value,
} from '../values.js';
import { attributeReader, withoutCase } from './attribute-path.js';
import type { FilterContext, FilterTable, OpenFilter, PlainFilter } from './filter.js';

const length: PlainFilter = [[], (value) => lengthOf(value)];

const otherwise: PlainFilter = [
  ['default_value', 'boolean'],
  (value, args) =>
    value instanceof Undefined || (args.flag('boolean', false) && !isTruthy(value)) ? args.value('default_value', '') : value,
];

const extreme =
  (sign: 1 | -1, name: string): PlainFilter[1] =>
  (value, args, context) => {
    const read = keyReader(args, context);
    let best: Value | undefined;
    for (const item of elementsOf(value, context.budget)) {
      if (best === undefined || sign * order(read(item), read(best), '<', context.budget) < 0) best = item;
    }
    return orUndefined(best, `No aggregated item, sequence was empty (${name}).`);
  };

const choose =
  (keeps: boolean, byAttribute: boolean): OpenFilter =>
  (value, { positional, named }, context) => {
    const [attribute, rest] = byAttribute
      ? [positional[0] === undefined ? missingAttribute() : positional[0], positional.slice(1)]
      : [null, positional];
    const read = attributeReader(attribute, context);
    const [test, ...args] = rest;
    const holds = (item: Value): boolean => {
      if (test === undefined) return isTruthy(read(item));
      return context.test(textOf(test) ?? '', read(item), { positional: args, named });
    };
    return new Generator(Array.from(elementsOf(value, context.budget)).filter((item) => holds(item) === keeps));
  };

/** Filters of series. */
export const SERIES_FILTERS: FilterTable = {
  length,
  count: length,
  default: otherwise,
  d: otherwise,
  list: [[], (value, _args, { budget }) => listOf(value, budget)],
  first: [[], (value, _args, { budget }) => orUndefined(firstOf(elementsOf(value, budget)), 'No first item, sequence was empty.')],
  last: [[], (value, _args, { budget }) => orUndefined(listOf(value, budget).at(-1), 'No last item, sequence was empty.')],
  random: [
    [],
    (value, _args, { budget }) => {
      const items = listOf(value, budget);
      return orUndefined(items[Math.floor(Math.random() * items.length)], 'No random item, sequence was empty.');
    },
  ],
  reverse: [
    [],
    (value, _args, { budget }) => {
      const text = textOf(value);
      if (text !== undefined) return budget.made(Array.from(text).reverse().join(''));
      return new Generator(listOf(value, budget).reverse());
    },
  ],
  join: [
    ['d', 'attribute'],
    (value, args, context) => {
      const read = attributeReader(args.value('attribute', null), context);
      const texts = Array.from(elementsOf(value, context.budget), (item) => {
        return str(read(item), context.budget);
      });
      return joinTexts(str(args.value('d', ''), context.budget), texts, context.budget);
    },
  ],
  sum: [
    ['attribute', 'start'],
    (value, args, context) => {
      const read = attributeReader(args.value('attribute', null), context);
      let sum = args.value('start', 0);
      for (const item of elementsOf(value, context.budget)) sum = operate('+', sum, read(item), context.budget);
      return sum;
    },
  ],
  min: [['case_sensitive', 'attribute'], extreme(1, 'min')],
  max: [['case_sensitive', 'attribute'], extreme(-1, 'max')],
  sort: [
    ['reverse', 'case_sensitive', 'attribute'],
    (value, args, context) => {
      const paths = textOf(args.value('attribute', null))?.split(',') ?? [args.value('attribute', null)];
      const readers = paths.map((path) => keyReader(args, context, path));
      const direction = args.flag('reverse', false) ? -1 : 1;
      return sortedBy(listOf(value, context.budget), (a, b) => {
        for (const read of readers) {
          const difference = order(read(a), read(b), '<', context.budget);
          if (difference !== 0) return direction * difference;
        }
        return 0;
      });
    },
  ],
  dictsort: [
    ['case_sensitive', 'by', 'reverse'],
    (value, args, { budget }) => {
      if (!(value instanceof Dict)) throw typeError(`'${typeNameOf(value)}' object is not a mapping`);
      const by = args.text('by', 'key');
      if (by !== 'key' && by !== 'value') throw new PyError('FilterArgumentError', 'You can only sort by either "key" or "value"');
      const fold = args.flag('case_sensitive', false) ? (item: Value): Value => item : withoutCase;
      const direction = args.flag('reverse', false) ? -1 : 1;
      const place = by === 'key' ? 0 : 1;
      return sortedBy(value.entries(), (a, b) => direction * order(fold(a[place]), fold(b[place]), '<', budget)).map(
        (entry) => new Tuple(entry),
      );
    },
  ],
  unique: [
    ['case_sensitive', 'attribute'],
    (value, args, context) => {
      const read = keyReader(args, context);
      const seen = new Dict();
      const kept = listOf(value, context.budget).filter((item) => {
        const key = read(item);
        if (seen.has(key)) return false;
        seen.set(key, true);
        return true;
      });
      return new Generator(kept);
    },
  ],
  groupby: [
    ['attribute', 'default', 'case_sensitive'],
    (value, args, context) => {
      const fold = args.flag('case_sensitive', false) ? (item: Value): Value => item : withoutCase;
      const plain = attributeReader(args.value('attribute'), context, args.has('default') ? args.value('default') : undefined);
      const sorted = sortedBy(listOf(value, context.budget), (a, b) => order(fold(plain(a)), fold(plain(b)), '<', context.budget));
      const groups: [Value, Value[]][] = [];
      for (const item of sorted) {
        const last = groups.at(-1);
        if (last && isEqual(fold(last[0]), fold(plain(item)), context.budget)) last[1].push(item);
        else groups.push([plain(item), [item]]);
      }
      return groups.map(([key, items]) => new Tuple([key, items], ['grouper', 'list']));
    },
  ],
  batch: [
    ['linecount', 'fill_with'],
    (value, args, { budget }) => {
      const size = Math.max(1, args.int('linecount'));
      const batches = cut(listOf(value, budget), size);
      const last = batches.at(-1);
      if (last && args.value('fill_with', null) !== null) fill(last, size, args.value('fill_with'), budget);
      return new Generator(batches);
    },
  ],
  slice: [
    ['slices', 'fill_with'],
    (value, args, { budget }) => {
      const items = listOf(value, budget);
      const count = args.int('slices');
      if (count <= 0) throw new PyError('ZeroDivisionError', 'integer modulo by zero');
      budget.allocate(count);
      budget.step(count);
      const [size, longer] = [Math.floor(items.length / count), items.length % count];
      const slices = Array.from({ length: count }, (_, i) => {
        const start = i * size + Math.min(i, longer);
        const slice: Value[] = items.slice(start, start + size + (i < longer ? 1 : 0));
        if (args.value('fill_with', null) !== null && i >= longer) slice.push(args.value('fill_with'));
        return slice;
      });
      return new Generator(slices);
    },
  ],
  items: [
    [],
    (value, _args, { budget }) => {
      if (value instanceof Undefined) return new Generator([]);
      if (!(value instanceof Dict)) throw typeError('Can only get item pairs from a mapping.');
      budget.allocate(value.size);
      return new Generator(value.entries().map((entry) => new Tuple(entry)));
    },
  ],
  attr: [
    ['name'],
    (value, args, context) =>
      value instanceof Dict
        ? new Undefined(`'dict object' has no attribute '${args.text('name')}'`)
        : context.attribute(value, args.text('name')),
  ],
  map: (value, args, context) => new Generator(mapped(value, args, context)),
  select: choose(true, false),
  reject: choose(false, false),
  selectattr: choose(true, true),
  rejectattr: choose(false, true),
};

function missingAttribute(): never {
  throw new PyError('FilterArgumentError', 'Missing parameter for attribute name');
}

function mapped(value: Value, { positional, named }: Arguments, context: FilterContext): Value[] {
  const items = listOf(value, context.budget);
  if (positional.length === 0 && named.has('attribute')) {
    const otherwiseValue = named.get('default');
    const unknown = [...named.keys()].find((name) => name !== 'attribute' && name !== 'default');
    if (unknown !== undefined) throw new PyError('FilterArgumentError', `Unexpected keyword argument '${unknown}'`);
    return items.map(attributeReader(named.get('attribute') as Value, context, otherwiseValue));
  }
  const [name, ...rest] = positional;
  if (name === undefined) throw new PyError('FilterArgumentError', 'map requires a filter argument');
  return items.map((item) => context.filter(textOf(name) ?? '', item, { positional: rest, named }));
}

function keyReader(args: BoundArguments, context: FilterContext, path?: Value): (value: Value) => Value {
  const read = attributeReader(path === undefined ? args.value('attribute', null) : path, context);
  return args.flag('case_sensitive', false) ? read : (value) => withoutCase(read(value));
}

function sortedBy<T>(items: readonly T[], compare: (a: T, b: T) => number): T[] {
  return [...items].sort(compare);
}

function firstOf(values: Iterable<Value>): Value | undefined {
  for (const value of values) return value;
  return undefined;
}

function cut(items: readonly Value[], size: number): Value[][] {
  const pieces: Value[][] = [];
  for (let i = 0; i < items.length; i += size) pieces.push(items.slice(i, i + size));
  return pieces;
}

function fill(items: Value[], size: number, value: Value, budget: Budget): void {
  budget.allocate(size);
  while (items.length < size) items.push(value);
}
