import { PyFloat } from './py-float.js';

const FIXED_BELOW = 1e16;
const FIXED_FROM = 1e-4;
const ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };
// What Python's repr writes as an escape: controls, separators other than the space, surrogates, unassigned and private code points.
const UNPRINTABLE = /[\p{C}\p{Z}]/u;

/** A number as Python's `str` writes a float: `1.0`, `0.1`, `1e+16`, `1e-05`, `inf`, `nan`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size >= FIXED_BELOW || size < FIXED_FROM)) {
    const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
    const power = Number(exponent);
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const text = String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}

function pythonNumber(value: number): string {
  if (!Number.isInteger(value)) return pythonFloat(value);
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}

/** A string as Python's `repr` writes it: single quotes, or double ones where it holds single quotes only. */
export function pythonQuoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of text) out += char === quote ? `\\${char}` : escaped(char);
  return out + quote;
}

function escaped(char: string): string {
  const known = ESCAPES[char];
  if (known !== undefined) return known;
  const code = char.codePointAt(0) as number;
  if ((code >= 0x20 && code < 0x7f) || (code > 0xa0 && !UNPRINTABLE.test(char))) return char;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** A JSON value as Python's `repr` writes it: `None`, `True`, `'a'`, `[1, 2.0]`, `{'a': 1}`. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False';
    case 'number':
      return pythonNumber(value);
    case 'bigint':
      return value.toString();
    case 'string':
      return pythonQuoted(value);
    default:
  }
  if (value instanceof PyFloat) return pythonFloat(value.value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  const entries = Object.entries(jsonForm(value) as object).map(([key, item]) => `${pythonQuoted(key)}: ${pythonRepr(item)}`);
  return `{${entries.join(', ')}}`;
}

/** A JSON value as Python's `str` writes it: like `repr`, but strings as they are. */
export function pythonStr(value: unknown): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/**
 * JSON as Python's `json.dumps(value, ensure_ascii=False)` writes it: `, ` and `: ` between, non-ASCII kept, `1.0` for floats. With
 * `indent`, lines like those of `indent=2`.
 */
export function pythonJson(value: unknown, indent?: number): string {
  return dump(value, indent, 0);
}

function dump(value: unknown, indent: number | undefined, depth: number): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return jsonNumber(value, pythonNumber);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof PyFloat) return jsonNumber(value.value, pythonFloat);
  if (Array.isArray(value))
    return block(
      value.map((item) => dump(item, indent, depth + 1)),
      '[]',
      indent,
      depth,
    );
  const entries = Object.entries(jsonForm(value) as object);
  return block(
    entries.map(([key, item]) => `${JSON.stringify(key)}: ${dump(item, indent, depth + 1)}`),
    '{}',
    indent,
    depth,
  );
}

function jsonNumber(value: number, write: (value: number) => string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return write(value);
}

function block(items: readonly string[], brackets: string, indent: number | undefined, depth: number): string {
  const [open = '', close = ''] = brackets;
  if (items.length === 0) return brackets;
  if (indent === undefined) return `${open}${items.join(', ')}${close}`;
  const inner = `\n${' '.repeat(indent * (depth + 1))}`;
  return `${open}${inner}${items.join(`,${inner}`)}\n${' '.repeat(indent * depth)}${close}`;
}

function jsonForm(value: object): unknown {
  return 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON as () => unknown)() : value;
}
