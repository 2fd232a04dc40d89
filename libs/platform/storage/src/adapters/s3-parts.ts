import type { Readable } from 'node:stream';

/** Cuts a stream into parts of `bytes`; the last may be shorter. Holds one part at a time. */
export async function* partsOf(stream: Readable, bytes: number): AsyncGenerator<Uint8Array, undefined> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    let rest = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    while (size + rest.length >= bytes) {
      const taken = bytes - size;
      yield Buffer.concat([...held, rest.subarray(0, taken)], bytes);
      rest = rest.subarray(taken);
      held = [];
      size = 0;
    }
    if (rest.length === 0) continue;
    held.push(rest);
    size += rest.length;
  }
  if (size > 0) yield Buffer.concat(held, size);
  return undefined;
}
