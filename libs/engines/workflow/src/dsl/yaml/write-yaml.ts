import { PyFloat, pythonFloat, type PythonJson } from '#common';
import { doubleQuoted, fitsPlain, fitsSingleQuotes, plain, singleQuoted, type Folding } from './yaml-texts.js';

const INDENT = 2;
const LONGEST_SIMPLE_KEY = 128;

/**
 * Writes YAML as PyYAML's `dump(allow_unicode=True)` does, so that files of ours and of Dify differ only where their content does: keys in alphabetical order,
 * lists at the column of their key, lines folded after column 80.
 */
export function writeYaml(value: Readonly<Record<string, PythonJson>>): string {
  return new Writer().write(value);
}

class Writer {
  private text = '';
  /** Of the next character, in code points. */
  private column = 0;

  write(value: Readonly<Record<string, PythonJson>>): string {
    if (Object.keys(value).length === 0) return '{}\n';
    this.mapping(value, 0, true);
    return `${this.text}\n`;
  }

  private put(text: string): void {
    this.text += text;
    this.column += lengthOf(text);
  }

  private newLine(indent: number): void {
    this.text += `\n${' '.repeat(indent)}`;
    this.column = indent;
  }

  /** `isInline`: the first key stands on the line that is there. */
  private mapping(mapping: Readonly<Record<string, PythonJson>>, indent: number, isInline: boolean): void {
    Object.keys(mapping)
      .sort(byCodePoint)
      .forEach((key, index) => {
        if (index > 0 || !isInline) this.newLine(indent);
        this.entry(key, mapping[key] as PythonJson, indent);
      });
  }

  private entry(key: string, value: PythonJson, indent: number): void {
    if (isSimpleKey(key)) {
      this.scalarText(key, indent, false);
      this.put(':');
      if (!isCollection(value)) this.single(value, indent);
      else if (Array.isArray(value)) this.list(value, indent, false);
      else this.mapping(value, indent + INDENT, false);
      return;
    }
    this.put('? ');
    this.scalarText(key, indent + INDENT, true);
    this.newLine(indent);
    this.put(':');
    this.inline(value, indent);
  }

  /** What follows an indicator on its line, or begins there. */
  private inline(value: PythonJson, indent: number): void {
    if (!isCollection(value)) {
      this.single(value, indent);
      return;
    }
    this.put(' ');
    if (Array.isArray(value)) this.list(value, indent + INDENT, true);
    else this.mapping(value, indent + INDENT, true);
  }

  private single(value: Single, indent: number): void {
    this.put(' ');
    if (Array.isArray(value)) this.put('[]');
    else if (typeof value === 'object' && value !== null && !(value instanceof PyFloat)) this.put('{}');
    else this.scalar(value, indent + INDENT);
  }

  private list(list: readonly PythonJson[], indent: number, isInline: boolean): void {
    list.forEach((item, index) => {
      if (index > 0 || !isInline) this.newLine(indent);
      this.put('-');
      this.inline(item, indent);
    });
  }

  private scalar(value: Scalar, indent: number): void {
    if (typeof value === 'string') this.scalarText(value, indent, true);
    else if (value instanceof PyFloat) this.put(floatText(value.value));
    else if (typeof value === 'number' && !Number.isInteger(value)) this.put(floatText(value));
    else this.put(String(value));
  }

  private scalarText(text: string, indent: number, folds: boolean): void {
    const folding: Folding = { indent, column: this.column, folds };
    const written = fitsPlain(text)
      ? plain(text, folding)
      : fitsSingleQuotes(text) && (folds || !text.includes('\n'))
        ? singleQuoted(text, folding)
        : doubleQuoted(text, folding);
    const lastLine = written.lastIndexOf('\n');
    this.text += written;
    this.column = lastLine < 0 ? this.column + lengthOf(written) : lengthOf(written.slice(lastLine + 1));
  }
}

type Scalar = null | boolean | number | bigint | string | PyFloat;
/** A scalar, or an empty list or mapping. */
type Single = Scalar | readonly never[] | Readonly<Record<string, never>>;
type Collection = PythonJson[] | Record<string, PythonJson>;

function isCollection(value: PythonJson): value is Collection {
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return false;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

function isSimpleKey(key: string): boolean {
  return key !== '' && lengthOf(key) < LONGEST_SIMPLE_KEY && !/[\n\u0085\u2028\u2029]/.test(key);
}

/** PyYAML reads a number with an exponent as a float only when it has a point. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const text = pythonFloat(value);
  return text.includes('.') ? text : text.replace('e', '.0e');
}

function lengthOf(text: string): number {
  // Astral characters are one column, two units.
  let length = text.length;
  for (const unit of text.match(/[\ud800-\udbff][\udc00-\udfff]/g) ?? []) length -= unit.length - 1;
  return length;
}

/** As Python compares texts. */
function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  if (at > 0 && /[\udc00-\udfff]/.test(a[at] ?? '')) at -= 1;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}
