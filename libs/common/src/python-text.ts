import { PythonFloat } from './python-float.js';

const DEEPEST = 1000;
const NOT_PRINTABLE = /[\\\p{C}\p{Z}]/gu;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', ' ': ' ' };

/**
 * Python's `str` of a JSON value (contract workflow-engine 3.2): `True`, `None`, `1.0` for a {@link PythonFloat}, `1e+16`, `[1, 'a']`,
 * `{'a': None}`. Undefined counts as null. Throws RangeError for values nested deeper than 1,000.
 */
export function pythonStr(value: unknown): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** Python's `repr` of a JSON value: as {@link pythonStr}, with strings in quotes. */
export function pythonRepr(value: unknown): string {
  return repr(value, 0);
}

function repr(value: unknown, depth: number): string {
  const scalar = scalarText(value, 'True', 'False', 'None', pythonStringRepr);
  if (scalar !== undefined) return scalar;
  checkDepth(depth);
  if (Array.isArray(value)) return `[${value.map((item) => repr(item, depth + 1)).join(', ')}]`;
  const members = Object.entries(value as object).map(([key, item]) => `${pythonStringRepr(key)}: ${repr(item, depth + 1)}`);
  return `{${members.join(', ')}}`;
}

/** Python's `repr` of a string: which quotes, and what is escaped. */
export function pythonStringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(NOT_PRINTABLE, (character) => SHORT_ESCAPES[character] ?? numericEscape(character));
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function numericEscape(character: string): string {
  const code = character.codePointAt(0) as number;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** Python's text of a `float`: the shortest that reads back equal, `1.0`, `1e+16`, `1e-05`, `inf`, `nan`. */
export function pythonFloatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 16) {
    const plain = Math.abs(value) < 1e-6 ? value.toFixed(20) : String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Python's text of a number: an `int` when it is whole, unless it is marked. */
export function pythonNumberText(value: number | bigint | PythonFloat): string {
  if (value instanceof PythonFloat) return pythonFloatText(value.value);
  if (typeof value === 'bigint') return value.toString();
  if (!Number.isInteger(value)) return pythonFloatText(value);
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}

/** How {@link pythonJson} writes. */
export interface PythonJsonOptions {
  /** Blanks per level; absent: one line with `, ` and `: ` between. */
  indent?: number;
}

/**
 * JSON as Python's `json.dumps(value, ensure_ascii=False)` writes it: `, ` and `: ` between, non-ASCII kept, floats as Python prints them.
 * Throws RangeError for values nested deeper than 1,000.
 */
export function pythonJson(value: unknown, options: PythonJsonOptions = {}): string {
  return json(value, options.indent, 0);
}

function json(value: unknown, indent: number | undefined, depth: number): string {
  const scalar = scalarText(value, 'true', 'false', 'null', (text) => JSON.stringify(text));
  if (scalar !== undefined) return scalar;
  checkDepth(depth);
  const isArray = Array.isArray(value);
  const items = isArray
    ? value.map((item) => json(item, indent, depth + 1))
    : Object.entries(value as object).map(([key, item]) => `${JSON.stringify(key)}: ${json(item, indent, depth + 1)}`);
  const [open, close] = isArray ? '[]' : '{}';
  if (items.length === 0 || indent === undefined) return `${open as string}${items.join(', ')}${close as string}`;
  const inner = `\n${' '.repeat(indent * (depth + 1))}`;
  return `${open as string}${inner}${items.join(`,${inner}`)}\n${' '.repeat(indent * depth)}${close as string}`;
}

function scalarText(value: unknown, yes: string, no: string, none: string, ofString: (text: string) => string): string | undefined {
  if (typeof value === 'string') return ofString(value);
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof PythonFloat) return pythonNumberText(value);
  if (typeof value === 'boolean') return value ? yes : no;
  return value === null || value === undefined ? none : undefined;
}

function checkDepth(depth: number): void {
  if (depth > DEEPEST) throw new RangeError(`The value is nested deeper than ${String(DEEPEST)} levels.`);
}
