import { readXml } from '../archive/read-xml.js';
import { relationshipsOf } from '../archive/relationships.js';
import type { ZipArchive } from '../archive/zip-archive.js';
import { UnreadableDocumentError } from '../extract.errors.js';
import { isDateFormat } from './excel-date.js';
import { numberCell } from './number-cell.js';
import { SheetRows, type Sheet, type SheetRow } from './sheet.js';

const WORKBOOK = 'xl/workbook.xml';

/** What cells refer to. */
interface WorkbookFacts {
  readonly texts: readonly string[];
  /** Whether numbers of a style are dates, by style. */
  readonly dateStyles: readonly boolean[];
  readonly is1904: boolean;
}

/** The sheets of a workbook (ECMA-376 part 1, 18), in their order. One that can't be read is left out. */
export async function* readWorkbook(archive: ZipArchive): AsyncGenerator<Sheet> {
  const relationships = await relationshipsOf(archive, WORKBOOK);
  const named: { name: string; id: string }[] = [];
  let is1904 = false;
  readXml(await archive.need(WORKBOOK), {
    open: (tag, { name = '', id = '', date1904 }) => {
      if (tag === 'sheet') named.push({ name, id });
      if (tag === 'workbookPr') is1904 = date1904 === '1' || date1904 === 'true';
    },
  });
  const partOf = (type: string): string | undefined =>
    [...relationships.values()].find((relationship) => relationship.type === type)?.target;
  const texts = sharedTexts(await archive.read(partOf('sharedStrings') ?? 'xl/sharedStrings.xml'));
  const dateStyles = datesByStyle(await archive.read(partOf('styles') ?? 'xl/styles.xml'));
  for (const { name, id } of named) {
    const relationship = relationships.get(id);
    const xml = relationship?.type === 'worksheet' ? await archive.read(relationship.target) : null;
    const rows = xml === null ? null : rowsOf(xml, { texts, dateStyles, is1904 });
    if (rows !== null) yield { name, rows };
  }
}

function sharedTexts(xml: Uint8Array | null): string[] {
  const texts: string[] = [];
  if (xml === null) return texts;
  let text = '';
  let isText = false;
  let isPhonetic = false;
  readXml(xml, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = !isPhonetic;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') texts.push(text);
    },
  });
  return texts;
}

function datesByStyle(xml: Uint8Array | null): boolean[] {
  const codes = new Map<number, string>();
  const dates: boolean[] = [];
  if (xml === null) return dates;
  let isCellStyles = false;
  readXml(xml, {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode);
      else if (name === 'cellXfs') isCellStyles = true;
      else if (name === 'xf' && isCellStyles) dates.push(isDateFormat(Number(numFmtId), codes.get(Number(numFmtId))));
    },
    close: (name) => {
      if (name === 'cellXfs') isCellStyles = false;
    },
  });
  return dates;
}

/** Null for a sheet whose XML is broken. */
function rowsOf(xml: Uint8Array, facts: WorkbookFacts): SheetRow[] | null {
  const reader = new SheetReader(facts);
  try {
    readXml(xml, {
      open: (name, attributes) => reader.open(name, attributes),
      text: (text) => reader.text(text),
      close: (name) => reader.close(name),
    });
  } catch (error) {
    if (error instanceof UnreadableDocumentError) return null;
    throw error;
  }
  return reader.rows.inOrder();
}

class SheetReader {
  readonly rows = new SheetRows();
  private row = -1;
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private isValue = false;

  constructor(private readonly facts: WorkbookFacts) {}

  open(name: string, { r: reference, t: type = 'n', s: style = '0' }: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.row += 1;
      this.column = -1;
    } else if (name === 'c') {
      this.column = reference === undefined ? this.column + 1 : columnOf(reference);
      this.type = type;
      this.style = Number(style);
      this.value = '';
    } else if (name === 'v' || name === 't') this.isValue = true;
    else if (name === 'rPh') this.isValue = false;
  }

  text(text: string): void {
    if (this.isValue) this.value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isValue = false;
    else if (name === 'c') this.rows.put(this.row, this.column, this.cell());
  }

  private cell(): string | null {
    const { value, facts } = this;
    if (value === '' || this.type === 'e') return null;
    if (this.type === 's') return facts.texts[Number(value)] || null;
    if (this.type === 'b') return value === '1' ? 'True' : 'False';
    if (this.type === 'd') return value.replace('T', ' ');
    const number = Number(value);
    if (this.type !== 'n' || Number.isNaN(number)) return value;
    return numberCell(number, { isDate: facts.dateStyles[this.style] === true, is1904: facts.is1904 });
  }
}

/** The column of a reference such as `AB12`, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}
