import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { FileTooLargeError } from '../files.errors.js';
import { SNIFF_BYTES } from './content-type.js';

/** A stream of bytes that is counted, hashed and cut off at a limit while it flows. */
export class MeasuredStream {
  private readonly hash = createHash('sha3-256');
  private readonly iterator: AsyncIterator<Uint8Array>;
  private readonly opening: Uint8Array[] = [];
  private bytes = 0;
  /** What ended the source early; null while all is well. */
  failure: unknown = null;

  constructor(
    source: AsyncIterable<Uint8Array>,
    private readonly maxBytes: number,
  ) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** Bytes that have passed. */
  get size(): number {
    return this.bytes;
  }

  /** SHA3-256 of all bytes, hexadecimal; call it once, at the end. */
  digest(): string {
    return this.hash.digest('hex');
  }

  /** Reads the beginning without losing it. Rejects with 413 or the source's error. */
  async head(): Promise<Uint8Array> {
    let length = 0;
    while (length < SNIFF_BYTES) {
      const next = await this.next();
      if (next === null) break;
      this.opening.push(next);
      length += next.length;
    }
    return Buffer.concat(this.opening).subarray(0, SNIFF_BYTES);
  }

  /** The bytes, those of the head included. */
  stream(): Readable {
    return Readable.from(this.rest(), { objectMode: false });
  }

  /** Ends the source. */
  async close(): Promise<void> {
    await this.iterator.return?.();
  }

  private async *rest(): AsyncGenerator<Uint8Array> {
    yield* this.opening;
    for (let next = await this.next(); next !== null; next = await this.next()) yield next;
  }

  private async next(): Promise<Uint8Array | null> {
    try {
      const result = await this.iterator.next();
      if (result.done === true) return null;
      const { value } = result;
      this.bytes += value.length;
      if (this.bytes > this.maxBytes) throw new FileTooLargeError(this.maxBytes);
      this.hash.update(value);
      return value;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
