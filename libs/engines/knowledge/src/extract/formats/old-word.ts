import { CompoundFile } from '../archive/compound-file.js';
import { decodeText } from '../decode-text.js';
import { UnreadableDocumentError } from '../extract.errors.js';

/** Fields of the header ([MS-DOC] 2.5): what it begins with, and where its parts are. */
const MAGIC = 0xa5ec;
const VERSION_AT = 2;
const FLAGS_AT = 10;
const MAIN_LENGTH_AT = 76;
const PIECES_AT = 418;
const HEADER_BYTES = PIECES_AT + 8;
const ENCRYPTED = 0x0100;
const SECOND_TABLE = 0x0200;
/** The version of Word 97; what is older keeps its text otherwise. */
const WORD_97 = 193;

/** Parts of the list of pieces ([MS-DOC] 2.9.38): properties of paragraphs, which are passed over, and the pieces. */
const PROPERTIES = 1;
const PIECES = 2;
const PIECE_BYTES = 8;
const ONE_BYTE = 0x40000000;

/** The text of a document that Word 97 to 2003 saved: its paragraphs line by line, the cells of a row with tabs between. Throws `UnreadableDocumentError`. */
export function readOldWord(bytes: Uint8Array): string {
  const file = new CompoundFile(bytes);
  const main = file.read('WordDocument');
  if (main === null || main.length < HEADER_BYTES || main.readUInt16LE(0) !== MAGIC)
    throw new UnreadableDocumentError('it is no document of Word');
  const flags = main.readUInt16LE(FLAGS_AT);
  if ((flags & ENCRYPTED) !== 0) throw new UnreadableDocumentError('it is locked by a password');
  if (main.readUInt16LE(VERSION_AT) < WORD_97)
    throw new UnreadableDocumentError('it was saved by a Word older than 97; save the document as .docx');
  const table = file.read((flags & SECOND_TABLE) === 0 ? '0Table' : '1Table');
  const start = main.readUInt32LE(PIECES_AT);
  const list = table?.subarray(start, start + main.readUInt32LE(PIECES_AT + 4));
  const pieces = list === undefined ? undefined : piecesIn(list);
  if (pieces === undefined) throw new UnreadableDocumentError('it is broken');
  return plainText(textOf(main, pieces, main.readUInt32LE(MAIN_LENGTH_AT)));
}

/** The list of pieces behind the properties before it; undefined where there is none. */
function piecesIn(list: Buffer): Buffer | undefined {
  let at = 0;
  while (at + 3 <= list.length && list[at] === PROPERTIES) at += 3 + list.readUInt16LE(at + 1);
  if (at + 5 > list.length || list[at] !== PIECES) return undefined;
  return list.subarray(at + 5, at + 5 + list.readUInt32LE(at + 1));
}

/** The characters of the main text, which headers, notes and comments follow. */
function textOf(main: Buffer, pieces: Buffer, length: number): string {
  const count = Math.floor((pieces.length - 4) / (4 + PIECE_BYTES));
  const texts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const from = pieces.readUInt32LE(4 * index);
    const to = Math.min(pieces.readUInt32LE(4 * (index + 1)), length);
    if (to <= from) continue;
    const place = pieces.readUInt32LE(4 * (count + 1) + PIECE_BYTES * index + 2);
    const isOneByte = (place & ONE_BYTE) !== 0;
    const start = isOneByte ? (place & ~ONE_BYTE) / 2 : place;
    const bytes = main.subarray(start, start + (to - from) * (isOneByte ? 1 : 2));
    texts.push(isOneByte ? decodeText(bytes, 'windows-1252') : bytes.toString('utf16le'));
  }
  return texts.join('');
}

/** Without what fields are made of (only what they show stays) and the marks of pictures, notes and comments. */
function plainText(text: string): string {
  return shownOfFields(text)
    .replaceAll('\u0007\u0007', '\n')
    .replaceAll('\u0007', '\t')
    .replace(/[\r\u000b\u000c]/g, '\n')
    .replaceAll('\u001e', '-')
    .replace(/[\u0000-\u0008\u000e-\u001f]/g, '')
    .trim();
}

/** A field is its command, a mark, and what it shows; fields may be in each other. */
function shownOfFields(text: string): string {
  const shown: string[] = [];
  /** For each open field whether its command is over. */
  const open: boolean[] = [];
  for (const part of text.split(/([\u0013\u0014\u0015])/)) {
    if (part === '\u0013') open.push(false);
    else if (part === '\u0014') open[open.length - 1] = true;
    else if (part === '\u0015') open.pop();
    else if (open.every((isShown) => isShown)) shown.push(part);
  }
  return shown.join('');
}
