import { parsePythonJson, type PythonJson } from '#common';

const MAX_DEPTH = 200;
const WORDS: Readonly<Record<string, PythonJson>> = { true: true, True: true, false: false, False: false, null: null, None: null };
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”' };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '/': '/', '\\': '\\' };
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads JSON that people write by hand and that variables are put into unescaped (contract workflow-engine 7.12): line breaks and quotes within texts, single
 * quotes or none, commas too many or too few, comments, a code fence around, brackets that were not closed. Throws SyntaxError where there is no object or list.
 */
export function readLenientJson(text: string): PythonJson {
  try {
    return parsePythonJson(text, { bigIntegers: true });
  } catch {
    return new LenientReader(text).read();
  }
}

class LenientReader {
  private at = 0;

  constructor(private readonly text: string) {}

  read(): PythonJson {
    const start = this.text.search(/[{[]/);
    if (start < 0) throw new SyntaxError('There is no JSON object and no list.');
    this.at = start;
    return this.value(0);
  }

  private value(depth: number): PythonJson {
    if (depth > MAX_DEPTH) throw new SyntaxError(`The JSON text is nested deeper than ${String(MAX_DEPTH)} levels.`);
    this.skip();
    const first = this.text[this.at] as string;
    if (first === '{') return this.object(depth);
    if (first === '[') return this.list(depth);
    if (first in QUOTES) return this.quoted(false);
    return this.bare(/[,\]}\n]/);
  }

  private object(depth: number): PythonJson {
    const result: Record<string, PythonJson> = {};
    this.at += 1;
    for (;;) {
      this.skip(',');
      if (this.ends('}')) return result;
      const key = this.key();
      this.skip();
      if (this.text[this.at] === ':') this.at += 1;
      this.skip();
      const isMissing = this.at >= this.text.length || ',}'.includes(this.text[this.at] as string);
      const value = isMissing ? '' : this.value(depth + 1);
      Object.defineProperty(result, key, { value, writable: true, enumerable: true, configurable: true });
    }
  }

  private list(depth: number): PythonJson {
    const result: PythonJson[] = [];
    this.at += 1;
    for (;;) {
      this.skip(',');
      if (this.ends(']')) return result;
      result.push(this.value(depth + 1));
    }
  }

  /** Whether the list or object is at its end: its own bracket, one of what is around it, or the end of the text. */
  private ends(bracket: string): boolean {
    const next = this.text[this.at];
    if (next === bracket) this.at += 1;
    return next === bracket || next === undefined || next === '}' || next === ']';
  }

  private key(): string {
    if ((this.text[this.at] as string) in QUOTES) return this.quoted(true);
    const start = this.at;
    while (this.at < this.text.length && !/[:,}\]\n]/.test(this.text[this.at] as string)) this.at += 1;
    return this.text.slice(start, this.at).trim();
  }

  private bare(end: RegExp): PythonJson {
    const start = this.at;
    while (this.at < this.text.length && !end.test(this.text[this.at] as string)) this.at += 1;
    const word = this.text.slice(start, this.at).trim();
    if (Object.hasOwn(WORDS, word)) return WORDS[word] as PythonJson;
    return NUMBER.test(word) ? parsePythonJson(word, { bigIntegers: true }) : word;
  }

  private quoted(isKey: boolean): string {
    const quote = QUOTES[this.text[this.at] as string] as string;
    let result = '';
    this.at += 1;
    while (this.at < this.text.length) {
      const character = this.text[this.at] as string;
      if (character === '\\') result += this.escape();
      else if (character === quote && this.isClosing(isKey)) {
        this.at += 1;
        return result;
      } else {
        result += character;
        this.at += 1;
      }
    }
    return result;
  }

  /** A quote closes a text where something follows that may follow one; others are part of it. */
  private isClosing(isKey: boolean): boolean {
    let next = this.at + 1;
    while (/\s/.test(this.text[next] ?? '')) next += 1;
    const follower = this.text[next];
    if (follower === undefined) return true;
    if (isKey) return follower === ':';
    if (follower === '}' || follower === ']') return true;
    // After a comma comes another key or value; a comma within a text is followed by words.
    if (follower === ',') return /^,\s*(?:["'“{[\]}\d-]|true|false|null|True|False|None|\/\/|$)/.test(this.text.slice(next, next + 80));
    // A comma was forgotten at the end of a line.
    return this.text.slice(this.at + 1, next).includes('\n') && follower in QUOTES;
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? '';
    const code = letter === 'u' ? /^[\da-fA-F]{4}/.exec(this.text.slice(this.at + 2, this.at + 6))?.[0] : undefined;
    this.at += code === undefined ? 2 : 6;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    if (letter === '"' || letter === "'") return letter;
    return ESCAPES[letter] ?? `\\${letter}`;
  }

  /** Skips blanks, comments, and any of the characters given. */
  private skip(more = ''): void {
    for (;;) {
      const next = this.text[this.at];
      if (next === undefined) return;
      if (/\s/.test(next) || more.includes(next)) this.at += 1;
      else if (next === '/' && this.text[this.at + 1] === '/') this.at = this.after('\n');
      else if (next === '/' && this.text[this.at + 1] === '*') this.at = this.after('*/');
      else return;
    }
  }

  private after(mark: string): number {
    const found = this.text.indexOf(mark, this.at + 2);
    return found < 0 ? this.text.length : found + mark.length;
  }
}
