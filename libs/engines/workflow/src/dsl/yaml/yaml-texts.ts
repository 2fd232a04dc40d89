import { isPlainText } from './yaml-scalars.js';

/** Where a text is written. */
export interface Folding {
  /** Column of further lines. */
  readonly indent: number;
  /** Column of its first character. */
  readonly column: number;
  /** Whether long lines are broken; keys are not. */
  readonly folds: boolean;
}

/** A line is broken at the first blank after it. */
const WIDTH = 80;
/**
 * What stands in no text without escapes: controls, the tabulator, lone surrogates; and the three line breaks that YAML 1.1 has and 1.2 has not, which PyYAML
 * writes as they are.
 */
const UNWRITABLE = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10fffe}]|\ufeff/u;
const SPACE_AT_BREAK = / \n|\n /;
/** At the begin of a text they mean something else; and so do `: ` and ` #` anywhere. */
const INDICATOR = /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[?:-](?: |$)|:(?: |$)| #/;

/** Whether a text needs no quotes, in a block. */
export function fitsPlain(text: string): boolean {
  return (
    text !== '' &&
    !text.startsWith(' ') &&
    !text.endsWith(' ') &&
    !text.includes('\n') &&
    !UNWRITABLE.test(text) &&
    !INDICATOR.test(text) &&
    isPlainText(text)
  );
}

/** Whether single quotes can hold a text. */
export function fitsSingleQuotes(text: string): boolean {
  return !UNWRITABLE.test(text) && !SPACE_AT_BREAK.test(text);
}

/** A text without quotes. */
export function plain(text: string, folding: Folding): string {
  if (!folding.folds) return text;
  const line = new Line(folding);
  for (const piece of text.match(/ +|[^ ]+/g) ?? []) {
    if (piece === ' ' && line.isFull) line.fold();
    else line.add(piece);
  }
  return line.text;
}

/** A text in single quotes: a line break is written twice, a broken line stands for a blank. */
export function singleQuoted(text: string, folding: Folding): string {
  const line = new Line(folding);
  line.add("'");
  let at = 0;
  for (const piece of text.match(/ +|\n+|[^ \n]+/g) ?? []) {
    const end = at + piece.length;
    if (piece.startsWith('\n')) {
      line.text += `\n${piece}`;
      line.continueAt();
    } else if (piece === ' ' && line.isFull && folding.folds && at > 0 && end < text.length) line.fold();
    else line.add(piece.replaceAll("'", "''"));
    at = end;
  }
  line.add("'");
  return line.text;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\u000b': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u2028': 'L',
  '\u2029': 'P',
};
const AS_IT_IS = /^[\x20\x21\x23-\x5b\x5d-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/;

/** A text in double quotes, with escapes; a line ends with a backslash where it is broken. */
export function doubleQuoted(text: string, folding: Folding): string {
  const line = new Line(folding);
  line.add('"');
  const characters = [...text];
  /** Characters not written yet: they decide, together with the line, where it is broken. */
  let waiting = '';
  characters.forEach((character, index) => {
    const isPlain = AS_IT_IS.test(character);
    if (!isPlain) {
      line.add(waiting + escaped(character));
      waiting = '';
    }
    const canFold = index > 0 && index < characters.length - 1 && (character === ' ' || waiting === '');
    if (canFold && folding.folds && line.wouldBeFull(isPlain ? waiting.length : -1)) {
      line.add(`${waiting}\\`);
      waiting = '';
      line.fold();
      // A blank at the begin of a line would be left out.
      if (characters[isPlain ? index : index + 1] === ' ') line.add('\\');
    }
    if (isPlain) waiting += character;
  });
  line.add(`${waiting}"`);
  return line.text;
}

function escaped(character: string): string {
  const known = ESCAPES[character];
  if (known !== undefined) return `\\${known}`;
  const code = character.codePointAt(0) as number;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

/** Text that grows, and the column it has come to. */
class Line {
  text = '';
  private column: number;

  constructor(private readonly folding: Folding) {
    this.column = folding.column;
  }

  get isFull(): boolean {
    return this.column > WIDTH;
  }

  /** With so many characters more. */
  wouldBeFull(more: number): boolean {
    return this.column + more > WIDTH;
  }

  add(piece: string): void {
    this.text += piece;
    // Astral characters are one column, two units.
    this.column += piece.length - (piece.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
  }

  fold(): void {
    this.text += '\n';
    this.continueAt();
  }

  /** After a line break. */
  continueAt(): void {
    this.text += ' '.repeat(this.folding.indent);
    this.column = this.folding.indent;
  }
}
