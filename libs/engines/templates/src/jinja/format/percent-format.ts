import type { Budget } from '../budget.js';
import { numberOf } from '../numbers.js';
import { typeError, valueError } from '../py-error.js';
import { repr, str } from '../text.js';
import { Dict, Tuple, typeNameOf, type Value } from '../values.js';
import { floatBody } from './format-spec.js';

const CONVERSION = /%(?:\(([^)]{0,200})\))?([-+ #0]*)(\*|\d{1,9})?(?:\.(\*|\d{1,9}))?[hlL]?([\s\S]?)/gu;

/** Python's `template % values`: a tuple gives one value a conversion, a dict is looked up by `%(name)s`. */
export function percentFormat(template: string, values: Value, budget: Budget): string {
  const items = values instanceof Tuple ? [...values.items] : [values];
  let used = 0;
  const next = (): Value => {
    if (used >= items.length) throw typeError('not enough arguments for format string');
    return items[used++] as Value;
  };
  const text = template.replace(
    CONVERSION,
    (_whole, name: string | undefined, flags: string, width?: string, precision?: string, type?: string) => {
      if (type === '%') return '%';
      if (type === undefined || type === '') throw valueError('incomplete format');
      const size = width === '*' ? starOf(next()) : Number(width ?? 0);
      const digits = precision === '*' ? starOf(next()) : precision === undefined ? undefined : Number(precision);
      const value = name === undefined ? next() : memberOf(values, name);
      budget.allocate(size);
      return budget.made(padded(convert(value, type, flags, digits, budget), flags, size, type));
    },
  );
  if (used < items.length && (values instanceof Tuple || (!(values instanceof Dict) && !template.includes('%(')))) {
    throw typeError('not all arguments converted during string formatting');
  }
  return text;
}

function starOf(value: Value): number {
  if (typeof value !== 'number') throw typeError('* wants int');
  return value;
}

function memberOf(values: Value, name: string): Value {
  if (!(values instanceof Dict)) throw typeError('format requires a mapping');
  const value = values.get(name);
  if (value === undefined) throw valueError(`'${name}'`);
  return value;
}

function convert(value: Value, type: string, flags: string, precision: number | undefined, budget: Budget): string {
  if (type === 's' || type === 'r' || type === 'a') {
    const text = type === 's' ? str(value, budget) : repr(value, budget);
    return precision === undefined ? text : Array.from(text).slice(0, precision).join('');
  }
  if (type === 'c') return typeof value === 'number' ? String.fromCodePoint(value) : str(value, budget);
  const number = numberOf(value);
  if (number === undefined) throw typeError(`%${type} format: a real number is required, not ${typeNameOf(value)}`);
  const sign = number < 0 || Object.is(number, -0) ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if ('diuxXo'.includes(type)) return sign + intText(value, number, type, flags).padStart(precision ?? 0, '0');
  if ('eEfFgG'.includes(type)) return sign + floatBody(Math.abs(number), type, precision);
  throw valueError(`unsupported format character '${type}' (0x${type.codePointAt(0)?.toString(16) ?? ''})`);
}

function intText(value: Value, number: number, type: string, flags: string): string {
  if (!Number.isFinite(number)) throw valueError('cannot convert float to integer');
  const exact = typeof value === 'bigint' ? value : BigInt(Math.trunc(number));
  const size = exact < 0n ? -exact : exact;
  const base = type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10;
  const digits = size.toString(base);
  const prefix = flags.includes('#') && base !== 10 ? `0${type}` : '';
  return prefix + (type === 'X' ? digits.toUpperCase() : digits);
}

function padded(text: string, flags: string, width: number, type: string): string {
  const room = width - Array.from(text).length;
  if (room <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(room);
  if (!flags.includes('0') || 'srac'.includes(type)) return ' '.repeat(room) + text;
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(room) + text.slice(sign.length);
}
