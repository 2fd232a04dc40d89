import type { StreamFrame } from '#platform/bus';

/** Frame texts numbered from `first` to `last`. */
export function frames(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => `data: {"n": ${String(first + i)}}\n\n`);
}

/** Reads a stream to its end, batch by batch. */
export async function collect(stream: AsyncIterable<Iterable<StreamFrame>> | null): Promise<StreamFrame[][]> {
  if (stream === null) throw new Error('there is no such stream');
  const batches: StreamFrame[][] = [];
  for await (const batch of stream) batches.push([...batch]);
  return batches;
}

export function texts(batches: StreamFrame[][]): string[] {
  return batches.flat().map((frame) => frame.text);
}

export function ids(batches: StreamFrame[][]): string[] {
  return batches.flat().map((frame) => frame.id);
}
