import { ZipArchive } from './archive/zip-archive.js';
import { BoundedText } from './bounded-text.js';
import { decodeText } from './decode-text.js';
import { documentKind, type DocumentKind } from './document-kind.js';
import { DocumentReader, type DocumentSource } from './document-reader.port.js';
import { extractFailure } from './extract-failure.js';
import { UnreadableDocumentError } from './extract.errors.js';
import { DEFAULT_EXTRACT_LIMITS, type ExtractLimits } from './extract-limits.js';
import type { Sheet, SheetRow } from './formats/sheet.js';
import { addHead, addRow, oneLine } from './markdown-table.js';

/**
 * Reads documents in its own process, within limits of size; a document that is slow to read holds the process up, so that servers use
 * {@link ProcessDocumentReader}. The readers of formats are loaded when the first
 * such document comes. Texts come out as document-extractor nodes put them out (contract workflow-engine 7.22).
 */
export class LocalDocumentReader extends DocumentReader {
  private readonly limits: ExtractLimits;

  constructor(limits: Partial<ExtractLimits> = {}) {
    super();
    this.limits = { ...DEFAULT_EXTRACT_LIMITS, ...limits };
  }

  override async read(source: DocumentSource): Promise<string> {
    source.signal?.throwIfAborted();
    const kind = documentKind(source);
    try {
      return await this.textOf(kind, source);
    } catch (error) {
      source.signal?.throwIfAborted();
      throw extractFailure(kind, error);
    }
  }

  private async textOf(kind: DocumentKind, source: DocumentSource): Promise<string> {
    const { bytes, signal } = source;
    const text = new BoundedText(this.limits);
    switch (kind) {
      case 'plain':
        text.add(decodeText(bytes));
        break;
      case 'json':
        return (await import('./formats/data.js')).tidyJson(decodeText(bytes));
      case 'yaml':
        return (await import('./formats/data.js')).tidyYaml(decodeText(bytes));
      case 'properties':
        return (await import('./formats/properties.js')).readProperties(decodeText(bytes));
      case 'subtitles':
        return (await import('./formats/subtitles.js')).readSubtitles(decodeText(bytes));
      case 'eml':
        return (await import('./formats/mail.js')).readMail(bytes);
      case 'msg':
        return (await import('./formats/outlook-message.js')).readOutlookMessage(bytes);
      case 'doc':
        text.add((await import('./formats/old-word.js')).readOldWord(bytes));
        break;
      case 'ppt':
        throw new UnreadableDocumentError('the format of PowerPoint 97 to 2003 is not read; save the document as .pptx');
      case 'csv':
        await this.csv(bytes, text);
        break;
      case 'pdf':
        await (await import('./formats/pdf.js')).readPdf(bytes, text, signal);
        break;
      case 'docx':
        await this.word(await ZipArchive.open(bytes, this.limits), text);
        break;
      case 'xlsx':
        await addSheets((await import('./formats/workbook.js')).readWorkbook(await ZipArchive.open(bytes, this.limits)), text, signal);
        break;
      case 'xls':
        await addSheets((await import('./formats/old-workbook.js')).readOldWorkbook(bytes), text, signal);
        break;
      case 'odt':
      case 'ods':
      case 'odp':
        await this.openDocument(kind, bytes, text);
        return kind === 'odp' ? text.toString().trimEnd() : text.toString();
      case 'pptx':
        await (await import('./formats/slides.js')).readSlides(await ZipArchive.open(bytes, this.limits), text);
        return text.toString().trimEnd();
      case 'epub':
        await (await import('./formats/book.js')).readBook(await ZipArchive.open(bytes, this.limits), text);
        return text.toString().trimEnd();
    }
    return text.toString();
  }

  private async csv(bytes: Uint8Array, text: BoundedText): Promise<void> {
    const { readCsv } = await import('./formats/csv.js');
    const [head, ...rows] = readCsv(decodeText(bytes));
    if (head === undefined) return;
    addHead(text, head.map(oneLine));
    for (const row of rows) addRow(text, row.map(oneLine));
  }

  private async word(archive: ZipArchive, text: BoundedText): Promise<void> {
    const { readWord } = await import('./formats/word.js');
    addBlocks(text, await readWord(archive));
  }

  private async openDocument(kind: 'odt' | 'ods' | 'odp', bytes: Uint8Array, text: BoundedText): Promise<void> {
    const { readOpenDocument } = await import('./formats/open-document.js');
    const blocks = await readOpenDocument(await ZipArchive.open(bytes, this.limits));
    if (kind === 'ods') {
      await addSheets(
        blocks.filter((block) => typeof block !== 'string'),
        text,
      );
      return;
    }
    const filled = blocks.map((block) =>
      typeof block === 'string' ? block : block.rows.map((row) => Array.from(row, (cell) => cell ?? '')),
    );
    addBlocks(text, kind === 'odp' ? filled.filter((block) => block !== '') : filled);
  }
}

/** Paragraphs and tables, a line break between; tables without a word are left out. */
function addBlocks(text: BoundedText, blocks: readonly (string | readonly (readonly string[])[])[]): void {
  const shown = blocks.filter((block) => typeof block === 'string' || block.flat().some((cell) => cell.trim() !== ''));
  shown.forEach((block, index) => {
    if (index > 0) text.add('\n');
    if (typeof block === 'string') text.add(block);
    else addWordTable(text, block);
  });
}

async function addSheets(sheets: Iterable<Sheet> | AsyncIterable<Sheet>, text: BoundedText, signal?: AbortSignal): Promise<void> {
  for await (const { rows } of sheets) {
    signal?.throwIfAborted();
    const [head, ...others] = rows;
    if (head === undefined) continue;
    const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const filled = (row: SheetRow, empty: (column: number) => string): string[] =>
      Array.from({ length: width }, (_, column) => oneLine(row[column] ?? empty(column)));
    addHead(
      text,
      filled(head, (column) => `Unnamed: ${column}`),
    );
    for (const row of others)
      addRow(
        text,
        filled(row, () => 'nan'),
      );
    text.add('\n');
  }
}

function addWordTable(text: BoundedText, [head = [], ...rows]: readonly (readonly string[])[]): void {
  const cells = (row: readonly string[]): string[] => row.map((cell) => cell.replaceAll('\n', '<br>'));
  addRow(text, cells(head));
  addRow(
    text,
    head.map(() => '---'),
  );
  for (const row of rows) addRow(text, cells(row));
}
