/** A record of a BIFF8 stream ([MS-XLS] 2.1.4): its pieces are the record itself and those that continue it. */
export interface BiffRecord {
  readonly type: number;
  readonly pieces: readonly [Buffer, ...Buffer[]];
}

const CONTINUE = 0x3c;

/** The records from a place on. One that is cut off ends the reading. */
export function* biffRecords(stream: Buffer, start = 0): Generator<BiffRecord> {
  let record: { type: number; pieces: [Buffer, ...Buffer[]] } | undefined;
  for (let at = start; at + 4 <= stream.length;) {
    const type = stream.readUInt16LE(at);
    const end = at + 4 + stream.readUInt16LE(at + 2);
    const piece = stream.subarray(at + 4, end);
    if (end > stream.length) break;
    at = end;
    if (type === CONTINUE && record !== undefined) {
      record.pieces.push(piece);
      continue;
    }
    if (record !== undefined) yield record;
    record = { type, pieces: [piece] };
  }
  if (record !== undefined) yield record;
}

/** Reads texts that may go on in the next piece of a record ([MS-XLS] 2.5.293): there the first byte says anew how wide characters are. */
export class BiffTextReader {
  private piece = 0;
  private at: number;

  constructor(
    private readonly pieces: readonly Buffer[],
    start: number,
  ) {
    this.at = start;
  }

  get isAtEnd(): boolean {
    while (this.piece < this.pieces.length && this.at >= this.current.length) {
      this.piece += 1;
      this.at = 0;
    }
    return this.piece >= this.pieces.length;
  }

  /** A text whose length comes first, with what belongs to it: fonts and pronunciations are skipped. */
  text(): string {
    const length = this.number(2);
    const flags = this.number(1);
    const runs = (flags & 8) === 0 ? 0 : this.number(2);
    const extra = (flags & 4) === 0 ? 0 : this.number(4);
    const text = this.characters(length, (flags & 1) === 1);
    this.skip(runs * 4 + extra);
    return text;
  }

  private characters(length: number, isWide: boolean): string {
    let text = '';
    let wide = isWide;
    for (let left = length; left > 0;) {
      if (this.at >= this.current.length) {
        if (this.isAtEnd) break;
        wide = (this.number(1) & 1) === 1;
      }
      const width = wide ? 2 : 1;
      const count = Math.min(left, Math.floor((this.current.length - this.at) / width));
      if (count === 0) break;
      const bytes = this.current.subarray(this.at, this.at + count * width);
      text += bytes.toString(wide ? 'utf16le' : 'latin1');
      this.at += bytes.length;
      left -= count;
    }
    return text;
  }

  private number(bytes: number): number {
    let value = 0;
    for (let index = 0; index < bytes; index += 1) value += this.isAtEnd ? 0 : (this.current[this.at++] as number) * 2 ** (8 * index);
    return value;
  }

  private skip(bytes: number): void {
    for (let left = bytes; left > 0 && !this.isAtEnd;) {
      const step = Math.min(left, this.current.length - this.at);
      this.at += step;
      left -= step;
    }
  }

  private get current(): Buffer {
    return this.pieces[this.piece] ?? Buffer.alloc(0);
  }
}
