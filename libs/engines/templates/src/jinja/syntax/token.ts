/** Kinds of tokens. `operator` covers all punctuation of expressions. */
export type TokenKind =
  'data' | 'variable_begin' | 'variable_end' | 'block_begin' | 'block_end' | 'name' | 'string' | 'integer' | 'float' | 'operator' | 'eof';

/** One token of a template. */
export interface Token {
  kind: TokenKind;
  /** As written; for strings what they mean. */
  text: string;
  /** From 1. */
  line: number;
}

const WORDS: Partial<Record<TokenKind, string>> = {
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  data: 'template data / text',
  eof: 'end of template',
};

/** A token as messages name it. */
export function describeToken({ kind, text }: Token): string {
  return WORDS[kind] ?? text;
}

/** A kind, or a certain operator or name, as messages name it. */
export function describeExpected(kind: TokenKind, text?: string): string {
  return text ?? WORDS[kind] ?? kind;
}
