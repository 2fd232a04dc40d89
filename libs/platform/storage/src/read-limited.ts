import type { Readable } from 'node:stream';
import { StoredFileTooLargeError } from './storage.errors.js';

/** Collects a stream of at most `maxBytes`; a longer one is closed and refused. */
export async function readLimited(stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new StoredFileTooLargeError(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
