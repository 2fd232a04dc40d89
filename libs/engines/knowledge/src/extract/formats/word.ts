import { readXml } from '../archive/read-xml.js';
import { relationshipsOf } from '../archive/relationships.js';
import type { ZipArchive } from '../archive/zip-archive.js';
import { UnreadableDocumentError } from '../extract.errors.js';

/** A paragraph, or the rows of a table; cells that span several columns or rows are repeated. */
export type WordBlock = string | readonly (readonly string[])[];

/** As many as a table of Word has. */
const MAX_COLUMNS = 63;
const MAX_CELLS = 1_000_000;

interface OpenTable {
  rows: string[][];
  row: string[];
  /** Paragraphs of the cell being read. */
  cell: string[];
  span: number;
  /** Goes on with the cell above. */
  continues: boolean;
}

/** The paragraphs and tables of a Word document (ECMA-376 part 1, 17), in their order. A table within a cell is text of that cell. */
export async function readWord(archive: ZipArchive): Promise<WordBlock[]> {
  const part = [...(await relationshipsOf(archive, '')).values()].find(({ type }) => type === 'officeDocument')?.target;
  const reader = new WordReader();
  readXml(await archive.need(part ?? 'word/document.xml'), {
    open: (name, attributes) => reader.open(name, attributes),
    close: (name) => reader.close(name),
    text: (text) => reader.text(text),
  });
  return reader.blocks;
}

class WordReader {
  readonly blocks: WordBlock[] = [];
  /** A text box is a paragraph within a paragraph. */
  private readonly paragraphs: string[] = [];
  private readonly tables: OpenTable[] = [];
  private isText = false;
  private cells = 0;
  /** Inside what repeats, for older programs, the content beside it. */
  private fallbacks = 0;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'Fallback') this.fallbacks += 1;
    if (this.fallbacks > 0) return;
    const table = this.tables.at(-1);
    switch (name) {
      case 'p':
        this.paragraphs.push('');
        break;
      case 't':
        this.isText = true;
        break;
      case 'tab':
        // Tab stops are defined in the properties of a paragraph, where no text is.
        if (attributes.val === undefined) this.append('\t');
        break;
      case 'br':
      case 'cr':
        this.append('\n');
        break;
      case 'noBreakHyphen':
        this.append('-');
        break;
      case 'tbl':
        this.tables.push({ rows: [], row: [], cell: [], span: 1, continues: false });
        break;
      case 'tc':
        if (table) Object.assign(table, { cell: [], span: 1, continues: false });
        break;
      case 'gridSpan':
        if (table) table.span = Math.min(Math.max(1, Number(attributes.val) || 1), MAX_COLUMNS);
        break;
      case 'vMerge':
        if (table) table.continues = attributes.val !== 'restart';
        break;
    }
  }

  text(text: string): void {
    if (this.isText) this.append(text);
  }

  close(name: string): void {
    if (name === 'Fallback') this.fallbacks -= 1;
    if (this.fallbacks > 0) return;
    const table = this.tables.at(-1);
    if (name === 't') this.isText = false;
    else if (name === 'p') this.put(this.paragraphs.pop() ?? '');
    else if (name === 'tc' && table) this.endCell(table);
    else if (name === 'tr' && table) {
      table.rows.push(table.row);
      table.row = [];
    } else if (name === 'tbl') this.endTable();
  }

  private append(text: string): void {
    const last = this.paragraphs.length - 1;
    if (last >= 0) this.paragraphs[last] = (this.paragraphs[last] as string) + text;
  }

  private put(paragraph: string): void {
    const table = this.tables.at(-1);
    if (table) table.cell.push(paragraph);
    else this.blocks.push(paragraph);
  }

  private endCell(table: OpenTable): void {
    const above = table.continues ? table.rows.at(-1)?.[table.row.length] : undefined;
    const cell = above ?? table.cell.join('\n');
    this.cells += table.span;
    if (this.cells > MAX_CELLS) throw new UnreadableDocumentError(`its tables have more than ${MAX_CELLS} cells`);
    for (let column = 0; column < table.span; column += 1) table.row.push(cell);
  }

  private endTable(): void {
    const rows = this.tables.pop()?.rows ?? [];
    const outer = this.tables.at(-1);
    if (outer) outer.cell.push(rows.map((row) => row.join(' ')).join('\n'));
    else this.blocks.push(rows);
  }
}
