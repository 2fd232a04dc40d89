import { pythonQuoted } from '#common';
import { PyError } from '../py-error.js';
import type { Token, TokenKind } from './token.js';

/** A template can't be parsed. */
export class SyntaxProblem extends PyError {
  constructor(
    message: string,
    readonly line: number,
    type = 'TemplateSyntaxError',
  ) {
    super(type, message);
  }
}

const OPENING = /\{[{%#]/g;
const BLANKS = /\s+/y;
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
const FLOAT = /(?<!\.)\d[\d_]*(?:(?:\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?|[eE][+-]?\d[\d_]*)/y;
const INTEGER = /0[bB][01_]+|0[oO][0-7_]+|0[xX][\da-fA-F_]+|\d[\d_]*/y;
const STRING = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y;
const OPERATOR = /\*\*|\/\/|==|!=|>=|<=|[+\-*/%~[\](){}.,|:;=<>]/y;
const RAW = /\{%([-+]?)\s*raw\s*(-?)%\}/y;
const RAW_END = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g;
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Splits a template into tokens. Throws {@link SyntaxProblem}. */
export function tokenize(source: string): Token[] {
  return new Lexer(source).run();
}

class Lexer {
  private readonly source: string;
  private readonly tokens: Token[] = [];
  private at = 0;
  private line = 1;

  constructor(source: string) {
    // Jinja2 drops one newline at the very end and reads all kinds of newlines as one.
    this.source = source.replace(/\r\n|\r/g, '\n').replace(/\n$/, '');
  }

  run(): Token[] {
    while (this.at < this.source.length) this.root();
    this.push('eof', '');
    return this.tokens;
  }

  private root(): void {
    OPENING.lastIndex = this.at;
    const open = OPENING.exec(this.source);
    if (!open) {
      this.data(this.source.slice(this.at), false);
      this.at = this.source.length;
      return;
    }
    const trimsBefore = this.source[open.index + 2] === '-';
    this.data(this.source.slice(this.at, open.index), trimsBefore);
    this.at = open.index;
    if (open[0] === '{#') this.comment();
    else if (open[0] === '{%' && this.matches(RAW)) this.raw();
    else this.code(open[0] === '{{' ? 'variable' : 'block');
  }

  private data(text: string, trims: boolean): void {
    const kept = trims ? text.trimEnd() : text;
    if (kept !== '') this.push('data', kept);
    this.count(text);
  }

  private comment(): void {
    const end = this.source.indexOf('#}', this.at + 2);
    if (end === -1) throw new SyntaxProblem('Missing end of comment tag', this.line);
    const trims = this.source[end - 1] === '-' && end - 1 > this.at + 1;
    this.skipTo(end + 2, trims);
  }

  private raw(): void {
    const open = this.matches(RAW) as RegExpExecArray;
    const start = this.at + open[0].length;
    RAW_END.lastIndex = start;
    const end = RAW_END.exec(this.source);
    if (!end) throw new SyntaxProblem('Missing end of raw directive', this.line);
    let text = this.source.slice(start, end.index);
    if (open[2] === '-') text = text.trimStart();
    if (end[1] === '-') text = text.trimEnd();
    if (text !== '') this.push('data', text);
    this.skipTo(end.index + end[0].length, end[2] === '-');
  }

  private code(kind: 'variable' | 'block'): void {
    this.push(`${kind}_begin`, '');
    this.at += /[-+]/.test(this.source[this.at + 2] ?? '') ? 3 : 2;
    const close = kind === 'variable' ? '}}' : '%}';
    const open: string[] = [];
    for (;;) {
      this.skipBlanks();
      const marked = /[-+]/.test(this.source[this.at] ?? '') && this.source.startsWith(close, this.at + 1);
      if (open.length === 0 && (marked || this.source.startsWith(close, this.at))) {
        this.push(`${kind}_end`, '');
        const trims = marked && this.source[this.at] === '-';
        this.skipTo(this.at + close.length + (marked ? 1 : 0), trims);
        return;
      }
      if (this.at >= this.source.length) return;
      this.token(open);
    }
  }

  private token(open: string[]): void {
    for (const [kind, pattern] of [
      ['float', FLOAT],
      ['integer', INTEGER],
      ['name', NAME],
      ['string', STRING],
      ['operator', OPERATOR],
    ] as const) {
      const match = this.matches(pattern);
      if (!match) continue;
      const [text] = match;
      if (kind === 'operator') this.balance(text, open);
      this.push(kind, kind === 'string' ? unescape(text.slice(1, -1)) : text);
      this.count(text);
      this.at += text.length;
      return;
    }
    const character = String.fromCodePoint(this.source.codePointAt(this.at) as number);
    throw new SyntaxProblem(`unexpected char ${pythonQuoted(character)} at ${String(this.at)}`, this.line);
  }

  private balance(text: string, open: string[]): void {
    if ('([{'.includes(text)) open.push(text);
    const opener = CLOSERS[text];
    if (opener === undefined) return;
    if (open.length === 0) throw new SyntaxProblem(`unexpected '${text}'`, this.line);
    const expected = Object.keys(CLOSERS).find((closer) => CLOSERS[closer] === open.at(-1)) as string;
    if (open.pop() !== opener) throw new SyntaxProblem(`unexpected '${text}', expected '${expected}'`, this.line);
  }

  private skipBlanks(): void {
    const blanks = this.matches(BLANKS)?.[0] ?? '';
    this.count(blanks);
    this.at += blanks.length;
  }

  private skipTo(end: number, trims: boolean): void {
    this.count(this.source.slice(this.at, end));
    this.at = end;
    if (trims) this.skipBlanks();
  }

  private matches(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.source);
  }

  private count(text: string): void {
    for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) this.line += 1;
  }

  private push(kind: TokenKind, text: string): void {
    this.tokens.push({ kind, text, line: this.line });
  }
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/** What a Python string literal means. */
function unescape(text: string): string {
  return text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (/^[xuU]./.test(code))
      return Number.parseInt(code.slice(1), 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code.slice(1), 16)) : whole;
    if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    return SIMPLE_ESCAPES[code] ?? whole;
  });
}
