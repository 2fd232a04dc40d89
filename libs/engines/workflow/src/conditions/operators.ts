import { PyFloat, pythonRepr, pythonStr } from '#common';
import { isFalsy, numberOf } from '../values/segment.js';
import { NodeFailure } from '../workflow.errors.js';

/** Operators of conditions, as DSL files spell them (contract workflow-engine 7.9). */
export const OPERATORS = [
  'contains',
  'not contains',
  'start with',
  'end with',
  'is',
  'is not',
  'empty',
  'not empty',
  'in',
  'not in',
  'all of',
  '=',
  '≠',
  '>',
  '<',
  '≥',
  '≤',
  'null',
  'not null',
  'exists',
  'not exists',
] as const;
export type Operator = (typeof OPERATORS)[number];

function invalid(message: string): NodeFailure {
  return new NodeFailure(message, { errorType: 'ValueError' });
}

/** Whether an operator holds between a value and what it is compared with. Throws `NodeFailure` for values it can't compare. */
export function holds(operator: Operator, actual: unknown, expected: unknown): boolean {
  switch (operator) {
    case 'contains':
      return contains(actual, expected);
    case 'not contains':
      return isFalsy(actual) || !contains(actual, expected);
    case 'start with':
      return !isFalsy(actual) && text(actual, operator).startsWith(pythonStr(expected));
    case 'end with':
      return !isFalsy(actual) && text(actual, operator).endsWith(pythonStr(expected));
    case 'is':
      return actual !== null && same(actual, expected, operator);
    case 'is not':
      return actual !== null && !same(actual, expected, operator);
    case 'empty':
      return isFalsy(actual);
    case 'not empty':
      return !isFalsy(actual);
    case 'in':
      return !isFalsy(actual) && list(expected, operator).some((item) => equal(item, actual));
    case 'not in':
      return isFalsy(actual) || !list(expected, operator).some((item) => equal(item, actual));
    case 'all of':
      return allOf(actual, expected);
    case '=':
      return actual !== null && equalNumber(actual, expected);
    case '≠':
      return actual !== null && !equalNumber(actual, expected);
    case '>':
      return compare(actual, expected, (a, b) => a > b);
    case '<':
      return compare(actual, expected, (a, b) => a < b);
    case '≥':
      return compare(actual, expected, (a, b) => a >= b);
    case '≤':
      return compare(actual, expected, (a, b) => a <= b);
    case 'null':
    case 'not exists':
      return actual === null;
    case 'not null':
    case 'exists':
      return actual !== null;
  }
}

function contains(actual: unknown, expected: unknown): boolean {
  if (isFalsy(actual)) return false;
  if (typeof actual === 'string') return actual.includes(pythonStr(expected));
  if (Array.isArray(actual)) return actual.some((item) => equal(item, expected));
  throw invalid('Invalid actual value type: string or array');
}

function text(value: unknown, operator: Operator): string {
  if (typeof value === 'string') return value;
  throw invalid(`Invalid actual value type for "${operator}": string expected, got ${pythonRepr(value)}`);
}

function list(value: unknown, operator: Operator): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(`Invalid expected value type for "${operator}": array expected`);
}

function same(actual: unknown, expected: unknown, operator: Operator): boolean {
  if (typeof actual === 'string' || typeof actual === 'boolean') return equal(actual, expected);
  throw invalid(`Invalid actual value type for "${operator}": string or boolean expected`);
}

function equal(a: unknown, b: unknown): boolean {
  const left = numberOf(a);
  return left === undefined ? a === b : left === numberOf(b);
}

function allOf(actual: unknown, expected: unknown): boolean {
  if (isFalsy(actual)) return false;
  const wanted = list(expected, 'all of');
  if (!wanted.every((item) => typeof item === 'string') && !wanted.every((item) => typeof item === 'boolean'))
    throw invalid('Invalid expected value type for "all of": a list of strings or of booleans expected');
  if (typeof actual === 'string') return wanted.every((item) => actual.includes(String(item)));
  if (Array.isArray(actual)) return wanted.every((item) => actual.includes(item));
  throw invalid('Invalid actual value type for "all of": array expected');
}

/** Python's `int(text)` or `float(text)`. */
export function pythonNumberOf(value: unknown, kind: 'int' | 'float'): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const plain = numberOf(value);
  if (plain !== undefined) return kind === 'int' ? Math.trunc(plain) : plain;
  const source = typeof value === 'string' ? value.trim() : '';
  const pattern = kind === 'int' ? /^[+-]?\d+(_\d+)*$/ : /^[+-]?(\d+(_\d+)*\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
  if (!pattern.test(source)) throw invalid(`invalid literal for ${kind}(): ${pythonRepr(value)}`);
  return Number(source.replaceAll('_', ''));
}

function equalNumber(actual: unknown, expected: unknown): boolean {
  if (typeof actual === 'boolean') return actual === !isFalsy(expected);
  if (typeof actual === 'number') return actual === pythonNumberOf(expected, Number.isInteger(actual) ? 'int' : 'float');
  if (actual instanceof PyFloat) return actual.value === pythonNumberOf(expected, 'float');
  throw invalid('Invalid actual value type: number or boolean expected');
}

function compare(actual: unknown, expected: unknown, test: (a: number, b: number) => boolean): boolean {
  if (actual === null) return false;
  const left = typeof actual === 'boolean' ? undefined : numberOf(actual);
  if (left === undefined) throw invalid('Invalid actual value type: number expected');
  return test(left, pythonNumberOf(expected, 'float'));
}
