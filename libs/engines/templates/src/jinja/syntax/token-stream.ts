import { SyntaxProblem } from './lexer.js';
import { describeExpected, describeToken, type Token, type TokenKind } from './token.js';

const DEEPEST = 200;

/** Tokens one after another, with the questions that parsers ask. */
export class TokenStream {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** The token to be read next. */
  get current(): Token {
    return this.tokens[this.at] as Token;
  }

  /** The one after it. */
  get following(): Token {
    return this.tokens[Math.min(this.at + 1, this.tokens.length - 1)] as Token;
  }

  /** Takes the current token. */
  next(): Token {
    const token = this.current;
    if (this.at < this.tokens.length - 1) this.at += 1;
    return token;
  }

  /** Whether the current token is of a kind, and of a text. */
  is(kind: TokenKind, text?: string): boolean {
    return this.current.kind === kind && (text === undefined || this.current.text === text);
  }

  /** Takes the current token if it is this one. */
  skips(kind: TokenKind, text?: string): boolean {
    if (!this.is(kind, text)) return false;
    this.next();
    return true;
  }

  /** Takes the current token, which has to be this one. */
  expect(kind: TokenKind, text?: string): Token {
    if (this.is(kind, text)) return this.next();
    if (this.is('eof')) this.fail(`unexpected end of template, expected '${describeExpected(kind, text)}'.`);
    return this.fail(`expected token '${describeExpected(kind, text)}', got '${describeToken(this.current)}'`);
  }

  /** Parses something one level deeper; a template that nests without end is refused. */
  nested<T>(parse: () => T): T {
    if (this.depth >= DEEPEST) this.fail(`expressions and blocks nest deeper than ${String(DEEPEST)} levels`);
    this.depth += 1;
    const parsed = parse();
    this.depth -= 1;
    return parsed;
  }

  fail(message: string, line = this.current.line, type?: string): never {
    throw new SyntaxProblem(message, line, type);
  }
}
