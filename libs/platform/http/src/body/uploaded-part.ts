import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PayloadTooLargeError } from '../errors/http.errors.js';

/** Up to here a file of a form stays in memory. Unit: bytes. */
const SPOOL_THRESHOLD = 256 * 1024;

/** What a form says about one of its files. */
export interface PartFacts {
  /** Name of the form field. */
  field: string;
  /** The file's name as sent, without NUL; may be empty. Never a path to write to. */
  filename: string;
  /** Media type as sent; may lie. */
  mimetype: string;
}

/** One file of a multipart form. Small ones are in memory, others in a temporary file that goes with the request. */
export class UploadedPart implements PartFacts {
  private constructor(
    readonly field: string,
    readonly filename: string,
    readonly mimetype: string,
    /** Unit: bytes. */
    readonly size: number,
    private readonly memory: Buffer | null,
    private readonly path: string | null,
  ) {}

  /** Takes a file out of a form that is being read. `count` is told each piece's size and may throw. */
  static async receive(facts: PartFacts, source: Readable, count: (bytes: number) => void): Promise<UploadedPart> {
    const pieces: Buffer[] = [];
    let size = 0;
    const path = join(tmpdir(), `baya-upload-${randomUUID()}`);
    const counted = async function* (): AsyncGenerator<Buffer> {
      for await (const piece of source as AsyncIterable<Buffer>) {
        size += piece.length;
        count(piece.length);
        yield piece;
      }
    };
    const rest = counted();
    for (let next = await rest.next(); ; next = await rest.next()) {
      if (next.done) return new UploadedPart(facts.field, facts.filename, facts.mimetype, size, Buffer.concat(pieces), null);
      pieces.push(next.value);
      if (size > SPOOL_THRESHOLD) break;
    }
    try {
      await pipeline(
        async function* () {
          yield* pieces.splice(0);
          yield* rest;
        },
        createWriteStream(path, { mode: 0o600, flags: 'wx' }),
      );
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return new UploadedPart(facts.field, facts.filename, facts.mimetype, size, null, path);
  }

  /** The content, from its beginning, as often as wanted while the request lasts. */
  stream(): Readable {
    return this.path === null ? Readable.from([this.memory ?? Buffer.alloc(0)], { objectMode: false }) : createReadStream(this.path);
  }

  /** The whole content. Throws 413 `request_entity_too_large` when it is larger than `maxBytes`. */
  async bytes(maxBytes = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    if (this.size > maxBytes) throw new PayloadTooLargeError();
    return this.path === null ? (this.memory ?? Buffer.alloc(0)) : readFile(this.path);
  }

  /** Removes the temporary file, if there is one. */
  async dispose(): Promise<void> {
    if (this.path !== null) await rm(this.path, { force: true });
  }
}
