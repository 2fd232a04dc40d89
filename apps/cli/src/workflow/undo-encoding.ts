import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { WorkflowHttpError } from '#engines/workflow';

/** What {@link undoEncoding} can undo, as a request tells servers. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** Encodings over each other; honest servers use one. Thousands in one header would hold the process up for seconds. */
const MOST_ENCODINGS = 5;

/**
 * The body behind its content encodings, piece by piece: a reader who leaves early has made no more than he read. An unknown encoding is left as it is. Reading it
 * throws a `WorkflowHttpError` where there are more than five.
 */
export function undoEncoding(body: AsyncIterable<Uint8Array>, encodings: string | undefined): AsyncIterable<Uint8Array> {
  // What was put on last is taken off first.
  const names = (encodings ?? '').split(',').map((name) => name.trim().toLowerCase());
  const known = names.reverse().filter(isKnown);
  return known.length > MOST_ENCODINGS ? refused(body) : known.reduce(undone, body);
}

async function* refused(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Read all the same, so that leaving it lets its connection go.
  for await (const piece of body) {
    if (piece.length > 0) throw new WorkflowHttpError('broken', `The answer has more than ${MOST_ENCODINGS} encodings (Content-Encoding).`);
    yield piece;
  }
}

type Encoding = 'gzip' | 'x-gzip' | 'deflate' | 'br';

function isKnown(name: string): name is Encoding {
  return name === 'gzip' || name === 'x-gzip' || name === 'deflate' || name === 'br';
}

async function* undone(source: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  const first = await pieces.next();
  // An answer without a body may name an encoding all the same.
  if (first.done === true) return;
  const decoder = decoderOf(encoding, first.value);
  const encoded = Readable.from(
    (async function* () {
      try {
        yield first.value;
        for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
      } finally {
        await pieces.return?.();
      }
    })(),
  );
  // Errors reach the loop below, which destroys both where its reader leaves.
  pipeline(encoded, decoder, () => undefined);
  yield* decoder as AsyncIterable<Uint8Array>;
}

function decoderOf(encoding: Encoding, first: Uint8Array): Transform {
  if (encoding === 'br') return createBrotliDecompress();
  if (encoding !== 'deflate') return createGunzip();
  // Some servers leave the two bytes out that "deflate" begins with; see RFC 9110 8.4.1.2.
  const [head = 0, flags = 0] = first;
  return (head & 0x0f) === 8 && ((head << 8) | flags) % 31 === 0 ? createInflate() : createInflateRaw();
}
