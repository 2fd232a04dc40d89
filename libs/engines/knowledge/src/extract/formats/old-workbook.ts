import { CompoundFile } from '../archive/compound-file.js';
import { UnreadableDocumentError } from '../extract.errors.js';
import { BiffTextReader, biffRecords, type BiffRecord } from './biff-records.js';
import { isDateFormat } from './excel-date.js';
import { numberCell } from './number-cell.js';
import { SheetRows, type Sheet, type SheetRow } from './sheet.js';

/** Types of records ([MS-XLS] 2.3.2). */
const RECORD = {
  begin: 0x0809,
  end: 0x000a,
  locked: 0x002f,
  dateMode: 0x0022,
  sheet: 0x0085,
  texts: 0x00fc,
  format: 0x041e,
  style: 0x00e0,
  sharedText: 0x00fd,
  text: 0x0204,
  richText: 0x00d6,
  number: 0x0203,
  rk: 0x027e,
  rks: 0x00bd,
  formula: 0x0006,
  formulaText: 0x0207,
  boolean: 0x0205,
} as const;
const BIFF8 = 0x0600;
const MAX_SHEETS = 1000;

interface WorkbookFacts {
  readonly sheets: { name: string; position: number }[];
  readonly texts: string[];
  readonly formats: Map<number, string>;
  /** Format of every style. */
  readonly styles: number[];
  is1904: boolean;
}

/** The sheets of a workbook of Excel 97 to 2003 ([MS-XLS]), in their order. Throws `UnreadableDocumentError`. */
export function* readOldWorkbook(bytes: Uint8Array): Generator<Sheet> {
  const stream = new CompoundFile(bytes).read('Workbook');
  if (stream === null) throw new UnreadableDocumentError('it is of a version before Excel 97');
  const facts = readFacts(stream);
  for (const { name, position } of facts.sheets) yield { name, rows: new OldSheetReader(facts).read(stream, position) };
}

function readFacts(stream: Buffer): WorkbookFacts {
  const facts: WorkbookFacts = { sheets: [], texts: [], formats: new Map(), styles: [], is1904: false };
  for (const record of biffRecords(stream)) {
    const [data] = record.pieces;
    switch (record.type) {
      case RECORD.begin:
        if (data.readUInt16LE(0) !== BIFF8) throw new UnreadableDocumentError('it is of a version before Excel 97');
        break;
      case RECORD.locked:
        throw new UnreadableDocumentError('it is locked with a password');
      case RECORD.dateMode:
        facts.is1904 = data.readUInt16LE(0) === 1;
        break;
      case RECORD.sheet:
        // Charts and macros have sheets of their own.
        if (data.readUInt8(5) === 0) facts.sheets.push({ name: sheetName(data), position: data.readUInt32LE(0) });
        // Several may be the same piece of the file.
        if (facts.sheets.length > MAX_SHEETS) throw new UnreadableDocumentError(`it has more than ${MAX_SHEETS} sheets`);
        break;
      case RECORD.texts:
        readTexts(record, facts.texts);
        break;
      case RECORD.format:
        facts.formats.set(data.readUInt16LE(0), new BiffTextReader(record.pieces, 2).text());
        break;
      case RECORD.style:
        facts.styles.push(data.readUInt16LE(2));
        break;
      case RECORD.end:
        return facts;
    }
  }
  return facts;
}

function sheetName(data: Buffer): string {
  const isWide = (data.readUInt8(7) & 1) === 1;
  const length = data.readUInt8(6) * (isWide ? 2 : 1);
  return data.toString(isWide ? 'utf16le' : 'latin1', 8, 8 + length);
}

function readTexts({ pieces }: BiffRecord, texts: string[]): void {
  const reader = new BiffTextReader(pieces, 8);
  while (!reader.isAtEnd) texts.push(reader.text());
}

class OldSheetReader {
  private readonly rows = new SheetRows();
  /** The cell of a formula whose text comes in the next record. */
  private formula: { row: number; column: number } | undefined;

  constructor(private readonly facts: WorkbookFacts) {}

  read(stream: Buffer, position: number): SheetRow[] {
    // Charts within a sheet are streams within the stream.
    let depth = 0;
    for (const record of biffRecords(stream, position)) {
      if (record.type === RECORD.begin) depth += 1;
      else if (record.type === RECORD.end) {
        depth -= 1;
        if (depth <= 0) break;
      } else if (depth === 1) this.take(record);
    }
    return this.rows.inOrder();
  }

  private take({ type, pieces }: BiffRecord): void {
    const [data] = pieces;
    if (type === RECORD.formulaText) {
      if (this.formula) this.rows.put(this.formula.row, this.formula.column, new BiffTextReader(pieces, 0).text());
      this.formula = undefined;
      return;
    }
    if (data.length < 6) return;
    const [row, column, style] = [data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)];
    switch (type) {
      case RECORD.sharedText:
        this.rows.put(row, column, this.facts.texts[data.readUInt32LE(6)]);
        break;
      case RECORD.text:
      case RECORD.richText:
        this.rows.put(row, column, new BiffTextReader(pieces, 6).text());
        break;
      case RECORD.number:
        this.putNumber(row, column, style, data.readDoubleLE(6));
        break;
      case RECORD.rk:
        this.putNumber(row, column, style, rkNumber(data, 6));
        break;
      case RECORD.rks:
        for (let at = 4; at + 8 <= data.length; at += 6)
          this.putNumber(row, column + (at - 4) / 6, data.readUInt16LE(at), rkNumber(data, at + 2));
        break;
      case RECORD.boolean:
        if (data.readUInt8(7) === 0) this.rows.put(row, column, data.readUInt8(6) === 1 ? 'True' : 'False');
        break;
      case RECORD.formula:
        this.takeFormula(data, { row, column, style });
        break;
    }
  }

  private takeFormula(data: Buffer, { row, column, style }: { row: number; column: number; style: number }): void {
    this.formula = undefined;
    if (data.readUInt16LE(12) !== 0xffff) this.putNumber(row, column, style, data.readDoubleLE(6));
    else if (data.readUInt8(6) === 0) this.formula = { row, column };
    else if (data.readUInt8(6) === 1) this.rows.put(row, column, data.readUInt8(8) === 1 ? 'True' : 'False');
  }

  private putNumber(row: number, column: number, style: number, number: number): void {
    const format = this.facts.styles[style] ?? 0;
    this.rows.put(
      row,
      column,
      numberCell(number, { isDate: isDateFormat(format, this.facts.formats.get(format)), is1904: this.facts.is1904 }),
    );
  }
}

/** A number in four bytes ([MS-XLS] 2.5.217): an integer or the head of a double, and perhaps hundredths. */
function rkNumber(data: Buffer, at: number): number {
  const rk = data.readUInt32LE(at);
  let number: number;
  if ((rk & 2) !== 0) number = data.readInt32LE(at) >> 2;
  else {
    const double = Buffer.alloc(8);
    double.writeUInt32LE((rk & 0xfffffffc) >>> 0, 4);
    number = double.readDoubleLE(0);
  }
  return (rk & 1) === 0 ? number : number / 100;
}
