import { UnreadableDocumentError } from '../extract.errors.js';
import { LocalDocumentReader } from '../local-document-reader.js';
import { compoundOf } from '../testing/compound.factory.js';

const MAIN_AT = 2048;
const PIECES_AT = 100;

interface Facts {
  magic?: number;
  version?: number;
  flags?: number;
  table?: string;
  length?: number;
}

/** A document of Word 97 with a piece in Windows-1252 and one in UTF-16, as [MS-DOC] lays them out. */
function documentOf(western: string, unicode: string, facts: Facts = {}): Buffer {
  const { magic = 0xa5ec, version = 193, flags = 0x0200, table = '1Table', length = western.length + unicode.length } = facts;
  const first = Buffer.from(western, 'latin1');
  const second = Buffer.from(unicode, 'utf16le');
  const main = Buffer.alloc(MAIN_AT + first.length + second.length);
  main.writeUInt16LE(magic, 0);
  main.writeUInt16LE(version, 2);
  main.writeUInt16LE(flags, 10);
  main.writeUInt32LE(length, 76);
  first.copy(main, MAIN_AT);
  second.copy(main, MAIN_AT + first.length);

  const pieces = Buffer.alloc(3 * 4 + 2 * 8);
  [0, western.length, western.length + unicode.length].forEach((place, index) => pieces.writeUInt32LE(place, 4 * index));
  pieces.writeUInt32LE(((2 * MAIN_AT) | 0x40000000) >>> 0, 12 + 2);
  pieces.writeUInt32LE(MAIN_AT + first.length, 20 + 2);
  const head = Buffer.from([1, 2, 0, 9, 9, 2, pieces.length, 0, 0, 0]);
  main.writeUInt32LE(PIECES_AT, 418);
  main.writeUInt32LE(head.length + pieces.length, 422);
  return compoundOf({ WordDocument: main, [table]: Buffer.concat([Buffer.alloc(PIECES_AT), head, pieces]) });
}

const read = (bytes: Uint8Array): Promise<string> => new LocalDocumentReader().read({ bytes, extension: '.doc', mimeType: null });

describe('documents of Word 97 to 2003', () => {
  it('should be read piece by piece, in either way of writing', async () => {
    expect(await read(documentOf('Caf\u00e9 \u0093one\u0094\r', '二 😀\r'))).toBe('Café “one”\n二 😀');
  });

  it('should show rows with tabs, breaks as lines, and of fields what they show', async () => {
    const row = 'a\u0007b\u0007\u0007c\u0007d\u0007\u0007';
    const field = 'see \u0013 HYPERLINK "x" \u0014the \u0013 REF y \u0014link\u0015\u0015.\r';
    const marks = 'one\u000btwo\u000cthree\u001e3 \u0001\u0005pic\u0002\r';

    expect(await read(documentOf(row + field, marks))).toBe('a\tb\nc\td\nsee the link.\none\ntwo\nthree-3 pic');
  });

  it('should leave out what is behind the main text: headers, notes, comments', async () => {
    expect(await read(documentOf('main\r', 'header\r', { length: 5 }))).toBe('main');
  });

  it('should read the other table', async () => {
    expect(await read(documentOf('x', 'y', { flags: 0, table: '0Table' }))).toBe('xy');
  });

  it.each([
    ['no compound file', Buffer.from('x'), 'it is no document of an old Office program'],
    ['a compound file of something else', compoundOf({ Other: Buffer.alloc(9) }), 'it is no document of Word'],
    ['another header', documentOf('x', 'y', { magic: 1 }), 'it is no document of Word'],
    ['a password', documentOf('x', 'y', { flags: 0x0300 }), 'it is locked by a password'],
    ['Word 95', documentOf('x', 'y', { version: 104 }), 'it was saved by a Word older than 97; save the document as .docx'],
    ['a table that is not there', documentOf('x', 'y', { table: '0Table' }), 'it is broken'],
  ])('should be refused with %s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(new UnreadableDocumentError(`Failed to extract text from DOC: ${message}`));
  });

  it('should end with a clear failure, or a text, whichever byte is broken', async () => {
    const bytes = documentOf('main text\r', 'more\r');
    for (let at = 0; at < bytes.length; at += 7) {
      const broken = Buffer.from(bytes);
      broken.writeUInt8(broken.readUInt8(at) ^ 0xff, at);

      const [end] = await Promise.allSettled([read(broken)]);

      if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(UnreadableDocumentError);
    }
  });
});
