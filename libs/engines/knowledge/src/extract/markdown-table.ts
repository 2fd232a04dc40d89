import type { BoundedText } from './bounded-text.js';

/** Writes a row of a Markdown table. */
export function addRow(text: BoundedText, cells: readonly string[]): void {
  text.add(`| ${cells.join(' | ')} |\n`);
}

/** Writes the head of a Markdown table: its separators are as long as the cells above. */
export function addHead(text: BoundedText, cells: readonly string[]): void {
  addRow(text, cells);
  addRow(
    text,
    cells.map((cell) => '-'.repeat(Array.from(cell).length)),
  );
}

/** A cell on one line. */
export function oneLine(cell: string): string {
  return /[\n\r]/.test(cell) ? cell.replace(/\r\n|[\n\r]/g, ' ') : cell;
}
