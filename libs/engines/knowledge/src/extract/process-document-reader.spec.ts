import { readFileSync } from 'node:fs';
import { UnreadableDocumentError, UnsupportedDocumentError } from './extract.errors.js';
import { LocalDocumentReader } from './local-document-reader.js';
import { ProcessDocumentReader, type ProcessDocumentReaderOptions } from './process-document-reader.js';

const open: ProcessDocumentReader[] = [];

function readerOf(options: ProcessDocumentReaderOptions = {}): ProcessDocumentReader {
  const reader = new ProcessDocumentReader(options);
  open.push(reader);
  return reader;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((reader) => reader.close()));
});

const fixture = (name: string): { bytes: Uint8Array; extension: string; mimeType: null } => ({
  bytes: readFileSync(new URL(`__fixtures__/${name}`, import.meta.url)),
  extension: name.slice(name.lastIndexOf('.')),
  mimeType: null,
});
const document = (extension: string, text: string): { bytes: Uint8Array; extension: string; mimeType: null } => ({
  bytes: Buffer.from(text),
  extension,
  mimeType: null,
});
/** Takes a second or so to be read. */
const large = document('.csv', `a,b,c\n${'1,"two",3\n'.repeat(400_000)}`);

describe('ProcessDocumentReader', () => {
  it('should read what the local reader reads, to the same texts', async () => {
    const [local, apart] = [new LocalDocumentReader(), readerOf()];

    for (const name of ['letter.docx', 'pages.pdf', 'people.xlsx', 'people.xls', 'people.ods', 'slides.pptx', 'plain.msg']) {
      const text = await local.read(fixture(name));
      expect([name, await apart.read(fixture(name))]).toEqual([name, text]);
      expect(text).not.toBe('');
    }
    expect(apart.processes).toBe(1);
  });

  it('should keep the thread that asks free while a large document is read', async () => {
    const reader = readerOf();
    await reader.read(document('.csv', 'a\n1\n'));
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 10);

    const text = await reader.read(large);

    clearInterval(timer);
    expect(text).toHaveLength('| a | b | c |\n'.length + '| - | - | - |\n'.length + 400_000 * '| 1 | two | 3 |\n'.length);
    // Read here, it takes the thread for a second, and no turn is left to anybody.
    expect(turns).toBeGreaterThan(10);
  });

  it('should fail as the local reader does', async () => {
    const reader = readerOf({ limits: { maxTextLength: 10 } });

    await expect(reader.read(document('.json', '{"a": '))).rejects.toThrow(/^Failed to extract text from JSON: /);
    await expect(reader.read(document('.csv', 'a,b,c\n1,2,3\n'))).rejects.toThrow(
      new UnreadableDocumentError('Failed to extract text from CSV: it has more than 10 characters'),
    );
    await expect(reader.read(document('.xyz', 'x'))).rejects.toBeInstanceOf(UnsupportedDocumentError);
    await expect(reader.read(document('.docx', 'no archive'))).rejects.toBeInstanceOf(UnreadableDocumentError);
  });

  it('should read small plain texts without a process', async () => {
    const reader = readerOf();

    expect(await reader.read(document('.txt', 'plain'))).toBe('plain');
    expect(reader.processes).toBe(0);
    expect(await reader.read(document('.txt', 'x'.repeat(100_000)))).toHaveLength(100_000);
    expect(reader.processes).toBe(1);
  });

  it('should end a document that takes too long, name the limit, and read the next one', async () => {
    const reader = readerOf({ timeoutSeconds: 0.05, maxProcesses: 1 });

    const [slow] = await Promise.allSettled([reader.read(large)]);

    expect(slow).toMatchObject({
      status: 'rejected',
      reason: new UnreadableDocumentError('Failed to extract text from CSV: it takes longer than 0.05 seconds (DOCUMENT_TIMEOUT)'),
    });
    expect(reader.processes).toBe(0);
  });

  it('should end a document that takes too much memory, name the limit, and read the next one', async () => {
    const reader = readerOf({ memoryMb: 48 });

    await expect(reader.read(document('.json', `[${'[],'.repeat(3_000_000)}[]]`))).rejects.toThrow(
      new UnreadableDocumentError('Failed to extract text from JSON: it needs more than 48 MB of memory (DOCUMENT_MEMORY)'),
    );
    expect(await reader.read(document('.json', '[1]'))).toBe('[\n  1\n]');
  });

  it('should reject with the reason of the signal, at work and while it waits', async () => {
    const reader = readerOf({ maxProcesses: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const reading = Promise.allSettled([
      reader.read({ ...large, signal: first.signal }),
      reader.read({ ...large, signal: second.signal }),
      reader.read(document('.json', '[1]')),
    ]);
    setTimeout(() => second.abort(new Error('second')), 20);
    setTimeout(() => first.abort(new Error('first')), 60);

    expect(await reading).toEqual([
      { status: 'rejected', reason: new Error('first') },
      { status: 'rejected', reason: new Error('second') },
      { status: 'fulfilled', value: '[\n  1\n]' },
    ]);
  });

  it('should start no more processes than it may, and end those that rest', async () => {
    const reader = readerOf({ maxProcesses: 2, idleMs: 30 });
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, reader.processes)), 1);

    const texts = await Promise.all(Array.from({ length: 6 }, (_, index) => reader.read(document('.json', `[${String(index)}]`))));

    expect(texts).toEqual(Array.from({ length: 6 }, (_, index) => `[\n  ${String(index)}\n]`));
    clearInterval(timer);
    expect(most).toBe(2);
    await vi.waitUntil(() => reader.processes === 0, { timeout: 5000 });
    expect(await reader.read(document('.json', '[7]'))).toBe('[\n  7\n]');
  });

  it('should fail what it reads, and what comes later, once it is closed', async () => {
    const reader = readerOf();
    const reading = expect(reader.read(large)).rejects.toThrow('Failed to extract text from CSV: its reader was closed');

    await reader.close();

    await reading;
    await expect(reader.read(large)).rejects.toThrow('its reader was closed');
    expect(reader.processes).toBe(0);
  });
});
