import { setImmediate } from 'node:timers/promises';

/** Reads a stream of single parts as arrays: what is there by the next turn of the event loop comes together. Leaving early cancels the stream. */
export async function* batched<T>(stream: ReadableStream<T>): AsyncIterable<T[]> {
  const reader = stream.getReader();
  let over = false;
  try {
    let next = reader.read();
    while (!over) {
      const batch: T[] = [];
      let ready: Awaited<typeof next> | undefined = await next;
      while (ready) {
        if (ready.done) {
          over = true;
          break;
        }
        batch.push(ready.value);
        next = reader.read();
        next.catch(() => undefined);
        ready = await Promise.race([next, setImmediate(undefined)]);
      }
      if (batch.length > 0) yield batch;
    }
  } finally {
    if (!over) await reader.cancel().catch(() => undefined);
  }
}
