import { FileValue } from '../../values/file-value.js';
import { isFalsy, numberOf } from '../../values/segment.js';
import { NodeFailure } from '../../workflow.errors.js';

type ListType = 'array[file]' | 'array[number]' | 'array[string]' | 'array[boolean]';
type Test = (item: unknown) => boolean;

const TEXT_KEYS = ['name', 'extension', 'mime_type', 'url', 'related_id'];
const KIND_KEYS = ['type', 'transfer_method'];

/** The test of one condition. Throws `NodeFailure` for an operator or a key that the list does not have. */
export function filterTest({ type, key, operator, expected }: { type: ListType; key: string; operator: string; expected: unknown }): Test {
  switch (type) {
    case 'array[string]':
      return textTest(operator, textValue(expected));
    case 'array[number]':
      return numberTest(operator, expected);
    case 'array[boolean]':
      return booleanTest(operator, expected);
    case 'array[file]':
      return fileTest(key, operator, expected);
  }
}

function invalidOperator(operator: string): NodeFailure {
  return new NodeFailure(`Invalid condition: ${operator}`);
}

function textValue(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new NodeFailure(`Invalid filter value type: expected a string, got ${typeof value}`);
}

function textTest(operator: string, expected: string): Test {
  switch (operator) {
    case 'contains':
      return (item) => (item as string).includes(expected);
    case 'not contains':
      return (item) => !(item as string).includes(expected);
    case 'start with':
      return (item) => (item as string).startsWith(expected);
    case 'end with':
      return (item) => (item as string).endsWith(expected);
    case 'is':
      return (item) => item === expected;
    case 'is not':
      return (item) => item !== expected;
    case 'in':
      return (item) => expected.includes(item as string);
    case 'not in':
      return (item) => !expected.includes(item as string);
    case 'empty':
      return (item) => item === '';
    case 'not empty':
      return (item) => item !== '';
    default:
      throw invalidOperator(operator);
  }
}

function numberTest(operator: string, expected: unknown): Test {
  const wanted = typeof expected === 'string' ? Number(expected) : numberOf(expected);
  if (wanted === undefined || Number.isNaN(wanted) || expected === '')
    throw new NodeFailure(`Invalid filter value: ${String(expected)} is not a number`);
  switch (operator) {
    case '=':
      return (item) => numberOf(item) === wanted;
    case '≠':
      return (item) => numberOf(item) !== wanted;
    case '<':
      return (item) => (numberOf(item) ?? Number.NaN) < wanted;
    case '>':
      return (item) => (numberOf(item) ?? Number.NaN) > wanted;
    case '≤':
      return (item) => (numberOf(item) ?? Number.NaN) <= wanted;
    case '≥':
      return (item) => (numberOf(item) ?? Number.NaN) >= wanted;
    default:
      throw invalidOperator(operator);
  }
}

function booleanTest(operator: string, expected: unknown): Test {
  if (typeof expected !== 'boolean') throw new NodeFailure('Invalid filter value type: expected a boolean');
  if (operator === 'is') return (item) => item === expected;
  if (operator === 'is not') return (item) => item !== expected;
  throw invalidOperator(operator);
}

function fileTest(key: string, operator: string, expected: unknown): Test {
  const of = (item: unknown): unknown => (item as FileValue).attribute(key);
  if (TEXT_KEYS.includes(key)) {
    const test = textTest(operator, textValue(expected));
    return (item) => test(of(item) ?? '');
  }
  if (key === 'size') {
    const test = numberTest(operator, textValue(expected));
    return (item) => test(of(item));
  }
  if (!KIND_KEYS.includes(key)) throw new NodeFailure(`Invalid key: ${key}`);
  const list = Array.isArray(expected) ? (expected as unknown[]) : textValue(expected);
  const isIn = (item: unknown): boolean => (typeof list === 'string' ? list.includes(of(item) as string) : list.includes(of(item)));
  if (operator === 'in') return isIn;
  if (operator === 'not in') return (item) => !isIn(item);
  throw invalidOperator(operator);
}

/** Sorts a list; files by one of their attributes. Equal elements keep their order, also downwards. */
export function orderItems(
  type: ListType,
  items: readonly unknown[],
  { key, descending }: { key: string; descending: boolean },
): unknown[] {
  const valueOf = (item: unknown): string | number => {
    const value = type === 'array[file]' ? (item as FileValue).attribute(key) : item;
    if (value === undefined) throw new NodeFailure(`Invalid order key: ${key}`);
    return numberOf(value) ?? (typeof value === 'boolean' ? Number(value) : isFalsy(value) ? '' : (value as string));
  };
  const keyed = items.map((item) => ({ item, value: valueOf(item) }));
  keyed.sort((a, b) => (a.value === b.value ? 0 : a.value < b.value !== descending ? -1 : 1));
  return keyed.map(({ item }) => item);
}
