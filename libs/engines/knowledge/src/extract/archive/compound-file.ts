import { UnreadableDocumentError } from '../extract.errors.js';

const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
/** Sector numbers from here on say "end", "free" or "of the table itself". */
const LAST_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;
const STREAM = 2;
const ROOT = 5;

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

/** The streams of a compound file: the container of Office formats before 2007 ([MS-CFB]). A chain that runs in a circle, or out of the file, ends the reading. */
export class CompoundFile {
  private readonly sectorBytes: number;
  private readonly miniBytes: number;
  private readonly miniBelow: number;
  private readonly table: number[];
  private readonly miniTable: number[];
  private readonly miniStream: Buffer;
  private readonly streams = new Map<string, Entry>();

  /** Throws `UnreadableDocumentError`. */
  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.bytes.length < HEADER_BYTES || !this.bytes.subarray(0, 8).equals(SIGNATURE))
      throw new UnreadableDocumentError('it is no document of an old Office program');
    const [shift, miniShift] = [this.bytes.readUInt16LE(30), this.bytes.readUInt16LE(32)];
    if ((shift !== 9 && shift !== 12) || miniShift !== 6) throw broken();
    this.sectorBytes = 1 << shift;
    this.miniBytes = 1 << miniShift;
    this.miniBelow = this.bytes.readUInt32LE(56);
    this.table = this.tableSectors().flatMap((sector) => numbersOf(this.sector(sector)));
    this.miniTable = numbersOf(this.chain(this.bytes.readUInt32LE(60)));
    const entries = this.readEntries(this.chain(this.bytes.readUInt32LE(48)));
    const [root] = entries;
    if (root?.type !== ROOT) throw broken();
    this.miniStream = this.chain(root.start).subarray(0, root.size);
    this.nameStreams(entries, root.child);
  }

  private readonly bytes: Buffer;

  /** The bytes of a stream of the root, or `storage/stream`; null when there is none of that name. */
  read(path: string): Buffer | null {
    const entry = this.streams.get(path.toLowerCase());
    if (entry === undefined) return null;
    const bytes = entry.size < this.miniBelow ? this.miniChain(entry.start) : this.chain(entry.start);
    return bytes.subarray(0, entry.size);
  }

  private sector(number: number): Buffer {
    const start = (number + 1) * this.sectorBytes;
    const sector = this.bytes.subarray(start, start + this.sectorBytes);
    if (sector.length === 0) throw broken();
    return sector;
  }

  /** Where the table of sectors is: the header names the first 109 places, further sectors the rest. */
  private tableSectors(): number[] {
    const sectors = numbersOf(this.bytes.subarray(76, HEADER_BYTES)).filter((sector) => sector < LAST_SECTOR);
    let next = this.bytes.readUInt32LE(68);
    for (let left = this.sectorCount; next < LAST_SECTOR; left -= 1) {
      if (left === 0) throw broken();
      const numbers = numbersOf(this.sector(next));
      next = numbers.pop() ?? NO_ENTRY;
      sectors.push(...numbers.filter((sector) => sector < LAST_SECTOR));
    }
    return sectors;
  }

  private get sectorCount(): number {
    return Math.ceil(this.bytes.length / this.sectorBytes);
  }

  private chain(start: number): Buffer {
    const pieces: Buffer[] = [];
    for (let sector = start; sector < LAST_SECTOR; sector = this.table[sector] ?? NO_ENTRY) {
      if (pieces.length > this.sectorCount) throw broken();
      pieces.push(this.sector(sector));
    }
    return Buffer.concat(pieces);
  }

  private miniChain(start: number): Buffer {
    const pieces: Buffer[] = [];
    for (let sector = start; sector < LAST_SECTOR; sector = this.miniTable[sector] ?? NO_ENTRY) {
      if (pieces.length > this.miniTable.length) throw broken();
      pieces.push(this.miniStream.subarray(sector * this.miniBytes, (sector + 1) * this.miniBytes));
    }
    return Buffer.concat(pieces);
  }

  private readEntries(directory: Buffer): Entry[] {
    const entries: Entry[] = [];
    for (let at = 0; at + ENTRY_BYTES <= directory.length; at += ENTRY_BYTES) {
      const entry = directory.subarray(at, at + ENTRY_BYTES);
      const nameBytes = Math.min(Math.max(entry.readUInt16LE(64) - 2, 0), 62);
      entries.push({
        name: entry.toString('utf16le', 0, nameBytes),
        type: entry.readUInt8(66),
        left: entry.readUInt32LE(68),
        right: entry.readUInt32LE(72),
        child: entry.readUInt32LE(76),
        start: entry.readUInt32LE(116),
        size: entry.readUInt32LE(120),
      });
    }
    return entries;
  }

  private nameStreams(entries: readonly Entry[], first: number): void {
    const seen = new Set<number>();
    const waiting = [{ number: first, prefix: '' }];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      const { number, prefix } = place;
      const entry = entries[number];
      if (entry === undefined || seen.has(number)) continue;
      seen.add(number);
      if (entry.type === STREAM) this.streams.set(`${prefix}${entry.name}`.toLowerCase(), entry);
      waiting.push(
        { number: entry.left, prefix },
        { number: entry.right, prefix },
        { number: entry.child, prefix: `${prefix}${entry.name}/` },
      );
    }
  }
}

function numbersOf(bytes: Buffer): number[] {
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32LE(index * 4));
}

function broken(): UnreadableDocumentError {
  return new UnreadableDocumentError('it is broken');
}
