import { readXml, type XmlAttributes } from '../archive/read-xml.js';
import type { ZipArchive } from '../archive/zip-archive.js';
import { UnreadableDocumentError } from '../extract.errors.js';
import { numberCell } from './number-cell.js';
import { SheetRows, type Sheet } from './sheet.js';

/** A paragraph, or a table. */
export type OpenDocumentBlock = string | Sheet;

/** What is not the document's own words: comments, what was deleted, notes for the speaker. */
const ASIDE: ReadonlySet<string> = new Set(['annotation', 'tracked-changes', 'notes']);
const MAX_BLANKS = 1000;

interface OpenTable {
  readonly name: string;
  readonly rows: SheetRows;
  row: number;
  rowRepeats: number;
  column: number;
  /** Cells of the row being read. */
  cells: { column: number; repeats: number; text: string }[];
  cell: { attributes: XmlAttributes; paragraphs: string[] } | null;
}

/** The paragraphs and tables of a text, a sheet or a presentation of OpenDocument (ODF 1.3 part 3), in their order. A table within a cell is text of that cell. */
export async function readOpenDocument(archive: ZipArchive): Promise<OpenDocumentBlock[]> {
  const reader = new OpenDocumentReader();
  readXml(await archive.need('content.xml'), {
    open: (name, attributes) => reader.open(name, attributes),
    close: (name) => reader.close(name),
    text: (text) => reader.text(text),
  });
  return reader.blocks;
}

class OpenDocumentReader {
  readonly blocks: OpenDocumentBlock[] = [];
  private readonly tables: OpenTable[] = [];
  private readonly paragraphs: string[] = [];
  private asides = 0;

  open(name: string, attributes: XmlAttributes): void {
    if (ASIDE.has(name)) this.asides += 1;
    if (this.asides > 0) return;
    const table = this.tables.at(-1);
    switch (name) {
      case 'p':
      case 'h':
        this.paragraphs.push('');
        break;
      case 's':
        this.append(' '.repeat(Math.min(repeatsOf(attributes.c), MAX_BLANKS)));
        break;
      case 'tab':
        this.append('\t');
        break;
      case 'line-break':
        this.append('\n');
        break;
      case 'table':
        this.tables.push({ name: attributes.name ?? '', rows: new SheetRows(), row: 0, rowRepeats: 1, column: 0, cells: [], cell: null });
        break;
      case 'table-row':
        if (table) Object.assign(table, { rowRepeats: repeatsOf(attributes['number-rows-repeated']), column: 0, cells: [] });
        break;
      case 'table-cell':
      case 'covered-table-cell':
        if (table) table.cell = { attributes, paragraphs: [] };
        break;
    }
  }

  /** Line breaks and indentation of the file are blanks. */
  text(text: string): void {
    if (this.asides === 0) this.append(text.replace(/[\t\n\r ]+/g, ' '));
  }

  close(name: string): void {
    if (ASIDE.has(name)) this.asides -= 1;
    if (this.asides > 0) return;
    const table = this.tables.at(-1);
    if (name === 'p' || name === 'h') this.put(this.paragraphs.pop() ?? '');
    else if ((name === 'table-cell' || name === 'covered-table-cell') && table) endCell(table);
    else if (name === 'table-row' && table) endRow(table);
    else if (name === 'table') this.endTable();
  }

  private append(text: string): void {
    const last = this.paragraphs.length - 1;
    if (last >= 0) this.paragraphs[last] = (this.paragraphs[last] as string) + text;
  }

  private put(paragraph: string): void {
    const cell = this.tables.at(-1)?.cell;
    if (cell) cell.paragraphs.push(paragraph);
    else if (this.tables.length === 0) this.blocks.push(paragraph);
  }

  private endTable(): void {
    const table = this.tables.pop();
    if (table === undefined) throw new UnreadableDocumentError('its tables are broken');
    const rows = table.rows.inOrder();
    const outer = this.tables.at(-1)?.cell;
    if (outer) outer.paragraphs.push(rows.map((row) => Array.from(row, (cell) => cell ?? '').join(' ')).join('\n'));
    else this.blocks.push({ name: table.name, rows });
  }
}

/** How often something is there; 1 where nothing, or nonsense, is said. */
function repeatsOf(text: string | undefined): number {
  const number = Number(text ?? '1');
  return Number.isInteger(number) && number > 0 ? number : 1;
}

function endCell(table: OpenTable): void {
  if (table.cell === null) return;
  const { attributes, paragraphs } = table.cell;
  const repeats = repeatsOf(attributes['number-columns-repeated']);
  const text = cellText(attributes, paragraphs);
  if (text !== '') table.cells.push({ column: table.column, repeats, text });
  table.column += repeats;
  table.cell = null;
}

/** Empty cells and rows may stand for thousands; they take no room. */
function endRow(table: OpenTable): void {
  for (let row = table.row; table.cells.length > 0 && row < table.row + table.rowRepeats; row += 1)
    for (const { column, repeats, text } of table.cells)
      for (let place = column; place < column + repeats; place += 1) table.rows.put(row, place, text);
  table.row += table.rowRepeats;
}

function cellText(attributes: XmlAttributes, paragraphs: readonly string[]): string {
  const shown = paragraphs.join('\n');
  switch (attributes['value-type']) {
    case 'float':
    case 'percentage':
    case 'currency': {
      const number = Number(attributes.value);
      return attributes.value === undefined || Number.isNaN(number) ? shown : numberCell(number, { isDate: false, is1904: false });
    }
    case 'boolean':
      return attributes['boolean-value'] === 'true' ? 'True' : 'False';
    case 'date': {
      const date = (attributes['date-value'] ?? shown).replace('T', ' ');
      return /^\d{4}-\d\d-\d\d$/.test(date) ? `${date} 00:00:00` : date;
    }
    default:
      return shown;
  }
}
