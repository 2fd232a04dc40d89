import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { HttpReply } from '#platform/http';

/** Sends speech as it is made; a caller who leaves ends it. Nothing to speak is the JSON `null`, as Dify has it. */
export async function sendSpeech(
  reply: HttpReply,
  speak: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array> | null>,
): Promise<StreamableFile | string> {
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  const pieces = await speak(left.signal);
  if (pieces !== null) return new StreamableFile(Readable.from(pieces, { objectMode: false }), { type: 'audio/mpeg' });
  reply.header('content-type', 'application/json');
  return 'null';
}
