import { PyFloat, pythonFloat, pythonQuoted } from '#common';
import type { Budget } from './budget.js';
import { typeError, valueError } from './py-error.js';
import { Callable, Dict, DictView, Markup, Range, Special, Tuple, Undefined, type Value } from './values.js';

const MOST_DIGITS = 4300;
const DEEPEST = 500;

/** Python's `str` of a value; nothing for what is undefined. */
export function str(value: Value, budget: Budget): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return value.text;
  if (value instanceof Undefined) return '';
  return budget.made(repr(value, budget));
}

/** Python's `repr` of a value. */
export function repr(value: Value, budget: Budget, depth = 0): string {
  budget.step();
  if (depth > DEEPEST) throw new RangeError('too deep');
  if (value === null) return 'None';
  if (typeof value === 'string') return pythonQuoted(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat) return numberText(value);
  const inner = (item: Value): string => repr(item, budget, depth + 1);
  if (Array.isArray(value)) return joined('[', value, ']', inner, budget);
  return specialRepr(value, inner, budget);
}

function specialRepr(value: Special, inner: (item: Value) => string, budget: Budget): string {
  if (value instanceof Dict) {
    const members = value.entries().map(([key, item]) => budget.made(`${inner(key)}: ${inner(item)}`));
    return `{${members.join(', ')}}`;
  }
  if (value instanceof Tuple)
    return value.items.length === 1 ? joined('(', value.items, ',)', inner, budget) : joined('(', value.items, ')', inner, budget);
  if (value instanceof DictView) return joined(`${value.typeName}([`, value.items, '])', inner, budget);
  if (value instanceof Range) {
    const step = value.increment === 1 ? '' : `, ${String(value.increment)}`;
    return `range(${String(value.start)}, ${String(value.stop)}${step})`;
  }
  if (value instanceof Markup) return `Markup(${pythonQuoted(value.text)})`;
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Callable && value.attributes.has('arguments')) return `<Macro ${pythonQuoted(value.name)}>`;
  return value instanceof Callable ? `<${value.typeName} ${value.name}>` : `<${value.typeName} object>`;
}

function joined(open: string, items: readonly Value[], close: string, inner: (item: Value) => string, budget: Budget): string {
  return open + items.map((item) => budget.made(inner(item))).join(', ') + close;
}

/** Python's text of a number. */
export function numberText(value: number | bigint | PyFloat): string {
  if (value instanceof PyFloat) return pythonFloat(value.value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : pythonFloat(value);
  const text = value.toString();
  if (text.length > MOST_DIGITS) throw valueError(`Exceeds the limit (${String(MOST_DIGITS)} digits) for integer string conversion`);
  return text;
}

/** How `tojson` writes. */
export interface JsonStyle {
  indent?: number;
}

/** JSON as Python's `json.dumps(value, sort_keys=True)` writes it: ASCII only. */
export function toJson(value: Value, style: JsonStyle, budget: Budget, depth = 0): string {
  budget.step();
  if (depth > DEEPEST) throw new RangeError('too deep');
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return budget.made(asciiJson(value));
  if (value instanceof Markup) return budget.made(asciiJson(value.text));
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat) return jsonNumber(value);
  if (Array.isArray(value))
    return jsonBlock(
      '[',
      value.map((item) => toJson(item, style, budget, depth + 1)),
      ']',
      style,
      budget,
      depth,
    );
  if (value instanceof Tuple) return toJson([...value.items], style, budget, depth);
  if (!(value instanceof Dict)) throw typeError(`Object of type ${value.typeName} is not JSON serializable`);
  const members = value.entries().map(([key, item]) => [jsonKey(key), item] as const);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const texts = members.map(([key, item]) => `${asciiJson(key)}: ${toJson(item, style, budget, depth + 1)}`);
  return jsonBlock('{', texts, '}', style, budget, depth);
}

function jsonNumber(value: number | bigint | PyFloat): string {
  const number = value instanceof PyFloat ? value.value : value;
  if (number === Infinity || number === -Infinity || Number.isNaN(number)) return String(number);
  return numberText(value);
}

function jsonKey(key: Value): string {
  if (key === null || typeof key === 'boolean') return String(key);
  if (typeof key === 'string') return key;
  if (key instanceof Markup) return key.text;
  if (typeof key === 'number' || typeof key === 'bigint' || key instanceof PyFloat) return numberText(key);
  throw typeError('keys must be str, int, float, bool or None, not tuple');
}

function jsonBlock(open: string, items: readonly string[], close: string, style: JsonStyle, budget: Budget, depth: number): string {
  if (style.indent === undefined || items.length === 0) return budget.made(open + items.join(', ') + close);
  const room = style.indent * (depth + 1);
  budget.allocate(room * (items.length + 1));
  const inner = `\n${' '.repeat(room)}`;
  return budget.made(`${open}${inner}${items.join(`,${inner}`)}\n${' '.repeat(style.indent * depth)}${close}`);
}

function asciiJson(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return code === 0x7f ? unit : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Text with the characters that mean something in HTML replaced, as MarkupSafe does. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => HTML[character] as string);
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;' };
