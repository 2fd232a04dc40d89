import type { Json } from '../json.js';
import { PyFloat } from './py-float.js';

/** A JSON value in which whole floats are marked, and integers that no number can hold may be bigints. */
export type PythonJson = null | boolean | number | bigint | string | PyFloat | PythonJson[] | { [key: string]: PythonJson };

/** How {@link parsePythonJson} reads. */
export interface PythonJsonParseOptions {
  /** Whether integers beyond 2^53 come as bigint; otherwise as the nearest number. */
  bigIntegers?: boolean;
}

const DEEPEST = 1000;
/** Whether a text may hold a whole float, an exponent or a large integer; a hit inside a string costs time only. */
const NEEDS_CARE = /\d\.0+(?!\d)|\d[eE]|\d{16}/;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y;
const BLANK = /[ \t\n\r]*/y;

/**
 * Reads JSON as Python does: a number with a point or an exponent is a `float`, so `1.0` becomes a {@link PyFloat}; other numbers are
 * plain. Throws SyntaxError for what is not JSON, also when it is nested deeper than 1,000.
 */
export function parsePythonJson(text: string, options: PythonJsonParseOptions = {}): PythonJson {
  if (!NEEDS_CARE.test(text)) return JSON.parse(text) as Json;
  return new Reader(text, options.bigIntegers === true).read();
}

class Reader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly bigIntegers: boolean,
  ) {}

  read(): PythonJson {
    const value = this.value(0);
    this.skipBlanks();
    if (this.at < this.text.length) this.fail();
    return value;
  }

  private value(depth: number): PythonJson {
    if (depth > DEEPEST) throw new SyntaxError(`The JSON text is nested deeper than ${String(DEEPEST)} levels.`);
    this.skipBlanks();
    const first = this.text[this.at];
    if (first === '{') return this.object(depth);
    if (first === '[') return this.array(depth);
    if (first === '"') return this.string();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    return this.number();
  }

  private object(depth: number): PythonJson {
    const result: Record<string, PythonJson> = {};
    this.at += 1;
    if (this.skips('}')) return result;
    do {
      this.skipBlanks();
      const key = this.string();
      if (!this.skips(':')) this.fail();
      const value = this.value(depth + 1);
      if (key === '__proto__') Object.defineProperty(result, key, { value, writable: true, enumerable: true, configurable: true });
      else result[key] = value;
    } while (this.skips(','));
    if (!this.skips('}')) this.fail();
    return result;
  }

  private array(depth: number): PythonJson {
    const result: PythonJson[] = [];
    this.at += 1;
    if (this.skips(']')) return result;
    do result.push(this.value(depth + 1));
    while (this.skips(','));
    if (!this.skips(']')) this.fail();
    return result;
  }

  private string(): string {
    return JSON.parse(this.match(STRING)[0]) as string;
  }

  private number(): PythonJson {
    const [digits, fraction, exponent] = this.match(NUMBER);
    const value = Number(digits);
    if (fraction !== undefined || exponent !== undefined) return Number.isInteger(value) ? new PyFloat(value) : value;
    return this.bigIntegers && !Number.isSafeInteger(value) ? BigInt(digits) : value;
  }

  private match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return this.fail();
    this.at = pattern.lastIndex;
    return found;
  }

  private skips(character: string): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private skipBlanks(): void {
    BLANK.lastIndex = this.at;
    BLANK.exec(this.text);
    this.at = BLANK.lastIndex;
  }

  private fail(): never {
    throw new SyntaxError(`Not JSON at character ${String(this.at + 1)}.`);
  }
}
