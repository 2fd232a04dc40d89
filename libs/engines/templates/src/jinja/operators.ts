import { PyFloat } from '#common';
import type { Budget } from './budget.js';
import { intValue, numberOf, type Numeric, numeric } from './numbers.js';
import { percentFormat } from './format/percent-format.js';
import { paySearch } from './methods/text-operations.js';
import { BudgetExceeded, PyError, typeError } from './py-error.js';
import { repr } from './text.js';
import {
  Callable,
  Dict,
  DictView,
  elementsOf,
  Generator,
  isWide,
  Range,
  textOf,
  Tuple,
  typeNameOf,
  Undefined,
  type Value,
} from './values.js';

/** Operators between two values. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
/** Comparisons. */
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

const MOST_BITS = 100_000;

/** `left operator right`. Throws {@link PyError} as Python would. */
export function operate(operator: BinaryOperator, left: Value, right: Value, budget: Budget): Value {
  if (left instanceof Undefined) left.raise();
  const isFormat = operator === '%' && textOf(left) !== undefined;
  if (right instanceof Undefined && !isFormat) right.raise();
  const a = numeric(left);
  const b = numeric(right);
  if (a && b)
    return 'int' in a && 'int' in b ? intOperation(operator, a.int, b.int) : PyFloat.of(floatOperation(operator, asFloat(a), asFloat(b)));
  if (isFormat) return percentFormat(textOf(left) as string, right, budget);
  const made = operator === '+' ? concatenate(left, right, budget) : operator === '*' ? repeat(left, right, budget) : undefined;
  if (made !== undefined) return made;
  throw typeError(
    `unsupported operand type(s) for ${operator === '**' ? '** or pow()' : operator}: '${typeNameOf(left)}' and '${typeNameOf(right)}'`,
  );
}

function asFloat(value: Numeric): number {
  return 'int' in value ? Number(value.int) : value.float;
}

function intOperation(operator: BinaryOperator, a: number | bigint, b: number | bigint): Value {
  if (operator === '/') {
    if (Number(b) === 0) throw new PyError('ZeroDivisionError', 'division by zero');
    return PyFloat.of(Number(a) / Number(b));
  }
  if ((operator === '//' || operator === '%') && Number(b) === 0)
    throw new PyError('ZeroDivisionError', operator === '%' ? 'integer modulo by zero' : 'integer division or modulo by zero');
  if (operator === '**' && Number(b) < 0) return PyFloat.of(floatOperation('**', Number(a), Number(b)));
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = smallIntOperation(operator, a, b);
    if (Number.isSafeInteger(quick)) return quick;
  }
  return intValue(bigIntOperation(operator, BigInt(a), BigInt(b)));
}

function smallIntOperation(operator: Exclude<BinaryOperator, '/'>, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b + 0;
    case '//':
      return Math.floor(a / b) + 0;
    case '%':
      return a - Math.floor(a / b) * b;
    case '**':
      return a ** b;
  }
}

function bigIntOperation(operator: Exclude<BinaryOperator, '/'>, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      checkBits(bitLength(a) + bitLength(b));
      return a * b;
    case '//':
      return a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b;
    case '%':
      return ((a % b) + b) % b;
    case '**':
      if (a !== 0n && a !== 1n && a !== -1n) checkBits(bitLength(a) * Number(b));
      return a ** b;
  }
}

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}

function checkBits(bits: number): void {
  if (bits > MOST_BITS) throw new BudgetExceeded(`The template makes a number of more than ${String(MOST_BITS)} bits`);
}

function floatOperation(operator: BinaryOperator, a: number, b: number): number {
  if (b === 0 && (operator === '/' || operator === '//' || operator === '%')) {
    throw new PyError(
      'ZeroDivisionError',
      operator === '/' ? 'float division by zero' : operator === '%' ? 'float modulo' : 'float floor division by zero',
    );
  }
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor(a / b);
    case '%': {
      const rest = a % b;
      return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
    }
    case '**':
      if (a === 0 && b < 0) throw new PyError('ZeroDivisionError', '0.0 cannot be raised to a negative power');
      return a ** b;
  }
}

function concatenate(left: Value, right: Value, budget: Budget): Value | undefined {
  const text = textOf(left);
  if (text !== undefined) {
    const other = textOf(right);
    if (other === undefined) throw typeError(`can only concatenate str (not "${typeNameOf(right)}") to str`);
    return budget.made(text + other);
  }
  if (Array.isArray(left)) {
    if (!Array.isArray(right)) throw typeError(`can only concatenate list (not "${typeNameOf(right)}") to list`);
    budget.allocate(left.length + right.length);
    return [...left, ...right];
  }
  if (!(left instanceof Tuple)) return undefined;
  if (!(right instanceof Tuple)) throw typeError(`can only concatenate tuple (not "${typeNameOf(right)}") to tuple`);
  budget.allocate(left.items.length + right.items.length);
  return new Tuple([...left.items, ...right.items]);
}

function repeat(left: Value, right: Value, budget: Budget): Value | undefined {
  const [series, count] = numeric(left) ? [right, left] : [left, right];
  const times = numeric(count);
  if (!times || !('int' in times)) return undefined;
  const n = Math.max(0, Number(times.int));
  const text = textOf(series);
  if (text !== undefined) {
    budget.allocate(text.length * n);
    return text.repeat(text === '' ? 0 : n);
  }
  const items = Array.isArray(series) ? series : series instanceof Tuple ? series.items : undefined;
  if (!items) return undefined;
  budget.allocate(items.length * n);
  const repeated = items.length === 0 ? [] : Array.from({ length: n }, () => items).flat();
  return Array.isArray(series) ? repeated : new Tuple(repeated);
}

/** `-value` and `+value`. */
export function negate(value: Value, sign: '-' | '+'): Value {
  if (value instanceof Undefined) value.raise();
  const found = numeric(value);
  if (!found) throw typeError(`bad operand type for unary ${sign}: '${typeNameOf(value)}'`);
  if ('float' in found) return PyFloat.of(sign === '-' ? -found.float : found.float);
  return sign === '-' ? intValue(-BigInt(found.int)) : typeof value === 'boolean' ? Number(value) : value;
}

/** `left comparison right`. Throws {@link PyError} where the two have no order. */
export function compare(comparison: Comparison, left: Value, right: Value, budget: Budget): boolean {
  switch (comparison) {
    case '==':
      return isEqual(left, right, budget);
    case '!=':
      return !isEqual(left, right, budget);
    case 'in':
      return contains(right, left, budget);
    case 'not in':
      return !contains(right, left, budget);
    case '<':
      return order(left, right, comparison, budget) < 0;
    case '<=':
      return order(left, right, comparison, budget) <= 0;
    case '>':
      return order(left, right, comparison, budget) > 0;
    case '>=':
      return order(left, right, comparison, budget) >= 0;
  }
}

/** Python's `==`. */
export function isEqual(left: Value, right: Value, budget: Budget): boolean {
  budget.step();
  const a = numeric(left);
  const b = numeric(right);
  if (a && b) return 'int' in a && 'int' in b ? BigInt(a.int) === BigInt(b.int) : asFloat(a) === asFloat(b);
  const text = textOf(left);
  if (text !== undefined) return text === textOf(right);
  if (left instanceof Undefined) return right instanceof Undefined;
  if (Array.isArray(left)) return Array.isArray(right) && areEqual(left, right, budget);
  if (left instanceof Tuple) return right instanceof Tuple && areEqual(left.items, right.items, budget);
  if (left instanceof Range) return right instanceof Range && repr(left, budget) === repr(right, budget);
  if (left instanceof Dict) {
    return (
      right instanceof Dict &&
      left.size === right.size &&
      left.entries().every(([key, item]) => right.has(key) && isEqual(item, right.get(key) as Value, budget))
    );
  }
  return left === right;
}

function areEqual(left: readonly Value[], right: readonly Value[], budget: Budget): boolean {
  return left.length === right.length && left.every((item, i) => isEqual(item, right[i] as Value, budget));
}

/** Negative, zero or positive, as `left` comes before, with or after `right`. */
export function order(left: Value, right: Value, comparison: Comparison, budget: Budget): number {
  budget.step();
  if (left instanceof Undefined) left.raise();
  if (right instanceof Undefined) right.raise();
  const a = numeric(left);
  const b = numeric(right);
  if (a && b) return orderOf('int' in a ? a.int : a.float, 'int' in b ? b.int : b.float);
  const [text, other] = [textOf(left), textOf(right)];
  if (text !== undefined && other !== undefined) return orderTexts(text, other);
  const [items, others] = [itemsOf(left), itemsOf(right)];
  if (!items || !others || Array.isArray(left) !== Array.isArray(right)) {
    throw typeError(`'${comparison}' not supported between instances of '${typeNameOf(left)}' and '${typeNameOf(right)}'`);
  }
  for (let i = 0; i < Math.min(items.length, others.length); i += 1) {
    if (!isEqual(items[i] as Value, others[i] as Value, budget)) return order(items[i] as Value, others[i] as Value, comparison, budget);
  }
  return items.length - others.length;
}

function itemsOf(value: Value): readonly Value[] | undefined {
  return Array.isArray(value) ? value : value instanceof Tuple ? value.items : undefined;
}

function orderOf(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  return a > b ? 1 : a == b ? 0 : Number.NaN;
}

/** By code point, as Python does; JavaScript goes by its halves of wide ones. */
function orderTexts(a: string, b: string): number {
  if (!isWide(a) && !isWide(b)) return a < b ? -1 : a > b ? 1 : 0;
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const difference = codeOf(left[i]) - codeOf(right[i]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function codeOf(character: string | undefined): number {
  return character?.codePointAt(0) ?? 0;
}

/** `item in container`. */
export function contains(container: Value, item: Value, budget: Budget): boolean {
  const text = textOf(container);
  if (text !== undefined) {
    const part = textOf(item);
    if (item instanceof Undefined) item.raise();
    if (part === undefined) throw typeError(`'in <string>' requires string as left operand, not ${typeNameOf(item)}`);
    paySearch(text, part, budget);
    return text.includes(part);
  }
  if (container instanceof Dict) return container.has(item);
  if (container instanceof Range) {
    const number = numberOf(item);
    if (number === undefined || !Number.isInteger(number)) return false;
    const offset = (number - container.start) / container.increment;
    return Number.isInteger(offset) && offset >= 0 && offset < container.length;
  }
  if (!isContainer(container)) throw typeError(`argument of type '${typeNameOf(container)}' is not iterable`);
  for (const element of elementsOf(container, budget)) if (isEqual(element, item, budget)) return true;
  return false;
}

function isContainer(value: Value): boolean {
  return Array.isArray(value) || [Tuple, Generator, DictView, Undefined].some((kind) => value instanceof kind);
}

/** Whether a value can be gone through. */
export function isIterable(value: Value): boolean {
  return isContainer(value) || value instanceof Dict || value instanceof Range || textOf(value) !== undefined;
}

/** Whether a value can be called. */
export function isCallable(value: Value): boolean {
  return value instanceof Callable;
}
