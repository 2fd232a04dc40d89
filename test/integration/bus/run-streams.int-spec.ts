import { StreamReaderTooSlowError } from '#platform/bus';
import { until } from '../../support/redis.js';
import { type Adapter, adapters, type Node } from './adapters.js';
import { collect, frames, ids, texts } from './streams.js';

describe.each(adapters)('RunStreams $name', (adapter: Adapter) => {
  let first: Node;
  let second: Node;
  let close: () => Promise<void>;
  let runs = 0;
  const runId = (): string => `run-${String(++runs)}`;

  beforeAll(async () => {
    ({ first, second, close } = await adapter.start({ streams: { maxFrames: 10, maxLagBytes: 4000, keepMs: 60_000 } }));
  });
  afterAll(() => close());

  it('should bring every frame in order to readers here and elsewhere, and end', async () => {
    const run = runId();
    const writer = first.runStreams.open(run, 1);
    const here = collect(await first.runStreams.follow(run, { signal: new AbortController().signal }));
    const there = collect(await second.runStreams.follow(run, { signal: new AbortController().signal, isRunning: true }));

    for (let i = 1; i <= 9; i += 3) {
      writer.push(frames(i, i + 2));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    writer.end();

    expect(texts(await here)).toEqual(frames(1, 9));
    expect(texts(await there)).toEqual(frames(1, 9));
    expect(ids(await there)).toEqual(['1-1', '1-2', '1-3', '1-4', '1-5', '1-6', '1-7', '1-8', '1-9']);
  });

  it('should replay a finished stream, whole or after an id', async () => {
    const run = runId();
    const writer = first.runStreams.open(run, 1);
    writer.push(frames(1, 2));
    writer.push(frames(3, 5));
    writer.end();
    const { signal } = new AbortController();

    expect(texts(await collect(await first.runStreams.follow(run, { signal })))).toEqual(frames(1, 5));
    expect(texts(await collect(await first.runStreams.follow(run, { signal, after: '1-3' })))).toEqual(frames(4, 5));
    expect(texts(await collect(await first.runStreams.follow(run, { signal, after: '1-5' })))).toEqual([]);
    await until(async () => (await second.runStreams.follow(run, { signal })) !== null, 'the other process knows it');
    expect(texts(await collect(await second.runStreams.follow(run, { signal, after: '1-3', isRunning: true })))).toEqual(frames(4, 5));
    expect(texts(await collect(await second.runStreams.follow(run, { signal, after: '1-5', isRunning: true })))).toEqual([]);
  });

  it('should refuse an event id that the stream never came to', async () => {
    const run = runId();
    const writer = first.runStreams.open(run, 1);
    writer.push(frames(1, 5));
    const { signal } = new AbortController();
    const refused = { status: 400, code: 'unknown_event_id', message: expect.stringContaining('or none') };

    await expect(first.runStreams.follow(run, { signal, after: '1-6' })).rejects.toMatchObject(refused);
    await until(async () => (await second.runStreams.follow(run, { signal })) !== null, 'the other process knows it');
    const waiting = second.runStreams.follow(run, { signal, after: '1-8' }).then(collect);
    waiting.catch(() => undefined);
    writer.push(frames(6, 6));
    writer.end();

    await expect(waiting).rejects.toMatchObject(refused);
    for (const [node, after] of [
      [first, '1-7'],
      [first, '2-1'],
      [second, '1-7'],
      [second, '99-99'],
    ] as const)
      await expect(node.runStreams.follow(run, { signal, after })).rejects.toMatchObject(refused);
    expect(texts(await collect(await second.runStreams.follow(run, { signal, after: '1-6' })))).toEqual([]);
  });

  it('should leave out what was read already when the id lies within a batch that is still open', async () => {
    const run = runId();
    const writer = first.runStreams.open(run, 1);
    writer.push(frames(1, 4));
    const reading = collect(await first.runStreams.follow(run, { signal: new AbortController().signal, after: '1-2' }));
    writer.push(frames(5, 6));
    writer.end();

    expect(texts(await reading)).toEqual(frames(3, 6));
  });

  it('should tell how far a run had come, to its owner and to who takes it over', async () => {
    const run = runId();
    const writer = first.runStreams.open(run, 1);
    writer.push(frames(1, 2));
    writer.push(frames(3, 4));

    expect(await first.runStreams.heldText(run)).toBe(frames(1, 4).join(''));
    await until(async () => (await second.runStreams.heldText(run)).endsWith('4}\n\n'), 'the other process knows it');
    second.runStreams.open(run, 2).push(frames(5, 5));
    await until(async () => (await second.runStreams.heldText(run)).endsWith('5}\n\n'), 'the new owner goes on');
    expect(await second.runStreams.heldText(run)).toBe(frames(1, 5).join(''));
    expect(await second.runStreams.heldText('unknown')).toBe('');
  });

  /** A run of 25 frames, of which only the last ones fit anywhere. */
  async function beyondAllBounds() {
    const alone = await adapter.start({ streams: { maxFrames: 10, redisMaxBytes: 1, flushMs: 1, flushFrames: 1 } });
    const run = runId();
    const writer = alone.first.runStreams.open(run, 1);
    for (let i = 1; i <= 25; i += 1) {
      writer.push(frames(i, i));
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    return { alone, run, writer };
  }

  it('should tell nothing of a run whose first frames are held nowhere', async () => {
    const { alone, run } = await beyondAllBounds();

    await until(async () => (await alone.first.runStreams.heldText(run)) === '', 'the first frames are gone everywhere');
    await alone.close();
  });

  it('should answer null for a run nobody knows, and refuse what is no event id', async () => {
    const { signal } = new AbortController();

    expect(await first.runStreams.follow('unknown', { signal })).toBeNull();
    expect(await second.runStreams.follow('unknown', { signal, after: '1-5' })).toBeNull();
    await expect(first.runStreams.follow('unknown', { signal, after: 'abc' })).rejects.toMatchObject({ status: 400 });
  });

  it('should join what waits for a reader into one array', async () => {
    const run = runId();
    const writer = first.runStreams.open(run, 1);
    const reader = (await first.runStreams.follow(run, { signal: new AbortController().signal }))![Symbol.asyncIterator]();
    for (let i = 1; i <= 4; i += 1) writer.push(frames(i, i));

    const { value } = await reader.next();

    expect(texts([[...value!]])).toEqual(frames(1, 4));
    writer.end();
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  it('should keep for a reader in time what the memory already let go of', async () => {
    const run = runId();
    const writer = first.runStreams.open(run, 1);
    const stream = await first.runStreams.follow(run, { signal: new AbortController().signal });
    for (let i = 1; i <= 40; i += 1) writer.push(frames(i, i));
    writer.end();

    expect(texts(await collect(stream))).toEqual(frames(1, 40));
  });

  it('should begin with the oldest frame that is held where a gap is allowed', async () => {
    const { signal } = new AbortController();
    const { alone, run, writer } = await beyondAllBounds();

    await until(async () => (await alone.first.runStreams.follow(run, { signal })) === null, 'the first frames are gone everywhere');
    writer.end();

    const rest = texts(await collect(await alone.first.runStreams.follow(run, { signal, allowGap: true })));
    expect(rest.length).toBeGreaterThan(0);
    expect(rest).toEqual(frames(26 - rest.length, 25));
    await alone.close();
  });

  it('should cut a reader that falls too far behind, without harm to the others', async () => {
    const run = runId();
    const writer = first.runStreams.open(run, 1);
    const { signal } = new AbortController();
    const slow = (await first.runStreams.follow(run, { signal }))![Symbol.asyncIterator]();
    const quick = collect(await first.runStreams.follow(run, { signal }));
    for (let i = 1; i <= 60; i += 1) {
      writer.push([`data: ${String(i).padStart(100, '.')}\n\n`]);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
    writer.end();

    await expect(slow.next()).rejects.toBeInstanceOf(StreamReaderTooSlowError);
    expect((await quick).flat()).toHaveLength(60);
  });

  it('should end a reader quietly when its signal fires', async () => {
    const run = runId();
    first.runStreams.open(run, 1).push(frames(1, 1));
    const here = new AbortController();
    const there = new AbortController();
    const reading = [
      collect(await first.runStreams.follow(run, { signal: here.signal })),
      collect(await second.runStreams.follow(run, { signal: there.signal, isRunning: true })),
    ];
    setTimeout(() => [here, there].forEach((controller) => controller.abort()), 60);

    for (const read of reading) expect(texts(await read)).toEqual(frames(1, 1));
  });

  it('should go on under a higher fence and ignore the former owner', async () => {
    const run = runId();
    const old = first.runStreams.open(run, 1);
    old.push(frames(1, 2));
    const { signal } = new AbortController();
    await until(async () => (await second.runStreams.follow(run, { signal })) !== null, 'the first frames arrived');
    const reading = collect(await second.runStreams.follow(run, { signal }));

    const writer = second.runStreams.open(run, 2);
    old.push(frames(8, 9));
    writer.push(frames(3, 4));
    old.end();
    writer.end();

    const read = await reading;
    expect(ids(read).slice(0, 2)).toEqual(['1-1', '1-2']);
    expect(ids(read).slice(-2)).toEqual(['2-1', '2-2']);
    await until(
      async () => ids(await collect(await second.runStreams.follow(run, { signal, after: '1-2', isRunning: true }))).join() === '2-1,2-2',
      'the second owner is followed',
    );
  });

  it('should refuse to open a stream with a fence that is not higher', () => {
    const run = runId();
    first.runStreams.open(run, 2);

    expect(() => first.runStreams.open(run, 2)).toThrow('fence');
    expect(() => first.runStreams.open(run, 1)).toThrow('fence');
  });

  it('should let finished streams go, the oldest first, when they take too much memory', async () => {
    const { first: node, close: end } = await adapter.start({ streams: { keepBytes: 2500, redisTtlSeconds: 1 } });
    for (let i = 0; i < 5; i += 1) {
      const writer = node.runStreams.open(`kept-${String(i)}`, 1);
      writer.push([`data: ${'x'.repeat(900)}\n\n`]);
      writer.end();
    }
    const { signal } = new AbortController();

    await until(async () => (await node.runStreams.follow('kept-0', { signal })) === null, 'the oldest is gone', 5000);
    expect(texts(await collect(await node.runStreams.follow('kept-4', { signal })))).toHaveLength(1);
    await end();
  });
});
