import { PyFloat } from '#common';
import type { BoundArguments } from '../arguments.js';
import { roundEven } from '../format/rounding.js';
import { compare, negate } from '../operators.js';
import { intValue, numberOf } from '../numbers.js';
import { PyError, typeError } from '../py-error.js';
import { textOf, typeNameOf, Undefined, type Value } from '../values.js';
import type { FilterTable } from './filter.js';

const WHOLE = /^\s*[-+]?\d+(?:_\d+)*\s*$/;
const DECIMAL = /^\s*[-+]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

/** Filters that make numbers. */
export const NUMBER_FILTERS: FilterTable = {
  abs: [
    [],
    (value, _args, { budget }) => {
      if (value instanceof Undefined) value.raise();
      if (numberOf(value) === undefined) throw typeError(`bad operand type for abs(): '${typeNameOf(value)}'`);
      return compare('<', value, 0, budget) ? negate(value, '-') : negate(value, '+');
    },
  ],
  int: [['default', 'base'], (value, args) => toInt(value, args)],
  float: [
    ['default'],
    (value, args) => {
      if (value instanceof Undefined) value.raise();
      const text = textOf(value);
      const number = text === undefined ? numberOf(value) : floatIn(text);
      return number === undefined ? args.value('default', new PyFloat(0)) : PyFloat.of(number);
    },
  ],
  round: [
    ['precision', 'method'],
    (value, args) => {
      if (value instanceof Undefined) value.raise();
      const number = numberOf(value);
      if (number === undefined) throw typeError(`type ${typeNameOf(value)} doesn't define __round__ method`);
      const precision = args.int('precision', 0);
      const method = args.text('method', 'common');
      if (!['common', 'ceil', 'floor'].includes(method)) throw new PyError('FilterArgumentError', 'method must be common, ceil or floor');
      if (method === 'common')
        return typeNameOf(value) === 'float' ? PyFloat.of(roundEven(number, precision)) : roundWhole(value, number, precision);
      const unit = 10 ** precision;
      return PyFloat.of((method === 'ceil' ? Math.ceil(number * unit) : Math.floor(number * unit)) / unit);
    },
  ],
};

function roundWhole(value: Value, number: number, precision: number): Value {
  if (typeof value === 'bigint') return value;
  return precision >= 0 ? number : roundEven(number, precision);
}

function toInt(value: Value, args: BoundArguments): Value {
  if (value instanceof Undefined) value.raise();
  const otherwise = args.value('default', 0);
  const text = textOf(value);
  if (text === undefined) {
    if (typeof value === 'bigint') return value;
    const number = numberOf(value);
    return number === undefined || !Number.isFinite(number) ? otherwise : intValue(BigInt(Math.trunc(number)));
  }
  const base = args.int('base', 10);
  if (base !== 10) return otherBase(text, base) ?? otherwise;
  if (WHOLE.test(text)) return intValue(BigInt(text.trim().replaceAll('_', '').replace(/^\+/, '')));
  const number = floatIn(text);
  return number === undefined || !Number.isFinite(number) ? otherwise : intValue(BigInt(Math.trunc(number)));
}

function otherBase(text: string, base: number): number | undefined {
  const digits = text
    .trim()
    .toLowerCase()
    .replace(/^([-+]?)0[xob]/, '$1');
  const number = Number.parseInt(digits, base);
  const isWhole = Number.isSafeInteger(number) && number.toString(base) === digits.replace(/^([-+]?)0+(?=.)/, '$1').replace(/^\+/, '');
  return isWhole ? number : undefined;
}

function floatIn(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text.trim().replaceAll('_', ''));
  const word = /^\s*([-+]?)(inf(?:inity)?|nan)\s*$/i.exec(text);
  if (!word) return undefined;
  return (word[2] as string).toLowerCase() === 'nan' ? Number.NaN : word[1] === '-' ? -Infinity : Infinity;
}
