import { PyFloat } from '#common';
import type { Budget } from '../budget.js';
import { numberOf } from '../numbers.js';
import { valueError } from '../py-error.js';
import { str } from '../text.js';
import { characterCount, textOf, typeNameOf, type Value } from '../values.js';
import { toFixedEven } from './rounding.js';

/** Python's mini-language of formats: `[[fill]align][sign][#][0][width][,_][.precision][type]`. */
const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d{1,9})?([,_])?(?:\.(\d{1,9}))?([a-zA-Z%])?$/u;
const MOST_PRECISION = 100;

interface Spec {
  fill: string;
  align: string | undefined;
  sign: string;
  hasPrefix: boolean;
  width: number;
  grouping: string | undefined;
  precision: number | undefined;
  type: string | undefined;
}

/** Python's `format(value, spec)`. */
export function formatValue(value: Value, text: string, budget: Budget): string {
  if (text === '') return str(value, budget);
  const spec = parseSpec(text);
  budget.allocate(spec.width);
  const number = typeof value === 'boolean' && spec.type === undefined ? undefined : numberOf(value);
  if (number === undefined && spec.type !== undefined && spec.type !== 's') {
    throw valueError(`Unknown format code '${spec.type}' for object of type '${typeNameOf(value)}'`);
  }
  if (number === undefined || spec.type === 's') return pad(cut(textOf(value) ?? str(value, budget), spec), spec, '<');
  const isInt = typeof value === 'bigint' || typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value));
  return formatNumber(value, number, isInt, spec);
}

function parseSpec(text: string): Spec {
  const match = SPEC.exec(text);
  if (!match) throw valueError(`Invalid format specifier '${text}'`);
  const [, fill, align, sign, prefix, zero, width, grouping, precision, type] = match;
  return {
    fill: fill ?? (zero ? '0' : ' '),
    align: align ?? (zero ? '=' : undefined),
    sign: sign ?? '-',
    hasPrefix: prefix !== undefined,
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

function cut(text: string, { precision }: Spec): string {
  return precision === undefined ? text : Array.from(text).slice(0, precision).join('');
}

function pad(text: string, { fill, align, width }: Spec, natural: string): string {
  const room = width - characterCount(text);
  if (room <= 0) return text;
  switch (align ?? natural) {
    case '<':
      return text + fill.repeat(room);
    case '^':
      return fill.repeat(Math.floor(room / 2)) + text + fill.repeat(Math.ceil(room / 2));
    case '=': {
      const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
      return sign + fill.repeat(room) + text.slice(sign.length);
    }
    default:
      return fill.repeat(room) + text;
  }
}

function formatNumber(value: Value, number: number, isInt: boolean, spec: Spec): string {
  const body = numberBody(value, number, isInt, spec);
  const isNegative = number < 0 || Object.is(number, -0);
  const sign = isNegative ? '-' : spec.sign === '-' ? '' : spec.sign;
  return pad(sign + grouped(body, spec.grouping), spec, '>');
}

function numberBody(value: Value, number: number, isInt: boolean, spec: Spec): string {
  const type = spec.type ?? (isInt && spec.precision === undefined ? 'd' : 'r');
  if (isInt && 'dxXobcn'.includes(type))
    return intBody(typeof value === 'boolean' ? BigInt(value) : BigInt(value as number | bigint), type, spec.hasPrefix);
  if ('dxXobc'.includes(type)) throw valueError(`Unknown format code '${type}' for object of type '${typeNameOf(value)}'`);
  return floatBody(Math.abs(number), type, spec.precision);
}

function intBody(value: bigint, type: string, hasPrefix: boolean): string {
  const size = value < 0n ? -value : value;
  const bases: Readonly<Record<string, readonly [number, string]>> = { x: [16, '0x'], X: [16, '0X'], o: [8, '0o'], b: [2, '0b'] };
  if (type === 'c') return String.fromCodePoint(Number(size));
  const [base, prefix] = bases[type] ?? [10, ''];
  const digits = size.toString(base);
  return (hasPrefix ? prefix : '') + (type === 'X' ? digits.toUpperCase() : digits);
}

/** A number that is not negative in one of the styles of floats. */
export function floatBody(size: number, type: string, precision: number | undefined): string {
  const digits = Math.min(precision ?? 6, MOST_PRECISION);
  if (!Number.isFinite(size))
    return type === type.toUpperCase() ? String(size).slice(0, 3).toUpperCase() : Number.isNaN(size) ? 'nan' : 'inf';
  switch (type) {
    case 'f':
    case 'F':
      return toFixedEven(size, digits);
    case '%':
      return `${toFixedEven(size * 100, digits)}%`;
    case 'e':
    case 'E': {
      const text = exponential(size, digits);
      return type === 'E' ? text.toUpperCase() : text;
    }
    case 'g':
    case 'G':
    case 'n': {
      const text = general(size, Math.max(1, digits));
      return type === 'G' ? text.toUpperCase() : text;
    }
    case 'r':
      return precision === undefined ? shortest(size) : withPoint(general(size, Math.max(1, digits), 1), size);
    default:
      throw valueError(`Unknown format code '${type}' for object of type 'float'`);
  }
}

function shortest(size: number): string {
  const text = String(size);
  return withPoint(text.includes('e') ? exponentForm(text) : text, size);
}

function withPoint(text: string, size: number): string {
  return Number.isInteger(size) && !/[.e]/.test(text) ? `${text}.0` : text;
}

function exponential(size: number, digits: number): string {
  return exponentForm(size.toExponential(digits));
}

function exponentForm(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(size: number, digits: number, limitShift = 0): string {
  if (size === 0) return '0';
  const exponent = Number(size.toExponential(digits - 1).split('e')[1]);
  if (exponent < -4 || exponent >= digits - limitShift + (limitShift === 0 ? 0 : 1)) {
    return exponentForm(size.toExponential(digits - 1).replace(/\.?0+e/, 'e'));
  }
  const text = toFixedEven(size, Math.max(0, digits - 1 - exponent));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function grouped(body: string, separator: string | undefined): string {
  if (separator === undefined) return body;
  return body.replace(/^\d+/, (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, separator));
}

/** Whether a value is an int in Python's eyes. */
export function isIntValue(value: Value): boolean {
  return !(value instanceof PyFloat) && (typeof value === 'bigint' || typeof value === 'boolean' || Number.isInteger(value));
}
