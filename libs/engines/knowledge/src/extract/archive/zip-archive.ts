import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { UnreadableDocumentError } from '../extract.errors.js';
import type { ExtractLimits } from '../extract-limits.js';

/** Archives that unfold to less are let be, whatever their ratio. */
const SMALL_BYTES = 16 * 1024 * 1024;

/** The parts of a document that is a zip archive: read one by one, never more of them than the limits allow, whatever the archive says of itself. */
export class ZipArchive {
  private unpacked = 0;

  private constructor(
    private readonly file: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: ExtractLimits,
    private readonly most: number,
  ) {}

  /** Reads the list of parts. Throws `UnreadableDocumentError`. */
  static async open(bytes: Uint8Array, limits: ExtractLimits): Promise<ZipArchive> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const file = await fromBufferPromise(buffer, { lazyEntries: true, autoClose: false });
    if (file.entryCount > limits.maxParts) throw new UnreadableDocumentError(`it has more than ${limits.maxParts} parts`);
    const most = Math.min(limits.maxUnpackedBytes, Math.max(SMALL_BYTES, bytes.length * limits.maxRatio));
    const entries = new Map<string, Entry>();
    let declared = 0;
    for await (const entry of file.eachEntry()) {
      declared += entry.uncompressedSize;
      if (declared > most || entries.size > limits.maxParts) throw tooLarge(most);
      if (entry.isEncrypted()) throw new UnreadableDocumentError('it is locked with a password');
      entries.set(entry.fileName, entry);
    }
    return new ZipArchive(file, entries, limits, most);
  }

  /** Names of the parts, in their order. */
  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** A part; null when there is none of that name. Throws `UnreadableDocumentError`. */
  async read(name: string): Promise<Uint8Array | null> {
    const entry = this.entries.get(name);
    if (entry === undefined) return null;
    const pieces: Buffer[] = [];
    const stream = await this.file.openReadStreamPromise(entry);
    // The sizes that were looked at are the archive's own word; this counts what really comes.
    for await (const piece of stream as AsyncIterable<Buffer>) {
      this.unpacked += piece.length;
      if (this.unpacked > this.most) throw tooLarge(this.most);
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  /** A part that the document can't do without. */
  async need(name: string): Promise<Uint8Array> {
    const part = await this.read(name);
    if (part === null) throw new UnreadableDocumentError(`its part ${name} is missing`);
    return part;
  }
}

function tooLarge(most: number): UnreadableDocumentError {
  return new UnreadableDocumentError(`it unpacks to more than ${Math.floor(most / 1024 / 1024)} MiB`);
}
