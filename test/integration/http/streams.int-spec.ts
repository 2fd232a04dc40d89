import { setTimeout as delay } from 'node:timers/promises';
import { closeApi, type StreamFrame, StreamResponder } from '#platform/http';
import { NotFoundError } from '#common';
import { rawRequest } from '../../support/raw-request.js';
import { type SampleApp, startSampleApp } from './support/sample-app.js';
import { streams } from './support/sample.module.js';

const frame = (n: number, size = 0): StreamFrame => ({
  id: `1-${n}`,
  text: `data: ${JSON.stringify({ event: 'message', n, pad: 'x'.repeat(size) })}\n\n`,
});

/** A source that gives what the test pushes. */
class Feed {
  private readonly batches: StreamFrame[][] = [];
  private wake: (() => void) | null = null;
  private ended = false;
  signal: AbortSignal | null = null;
  left = false;

  push(...frames: StreamFrame[]): void {
    this.batches.push(frames);
    this.wake?.();
  }

  end(): void {
    this.ended = true;
    this.wake?.();
  }

  readonly source = async function* (this: Feed, signal: AbortSignal): AsyncGenerator<StreamFrame[]> {
    this.signal = signal;
    signal.addEventListener('abort', () => this.wake?.());
    try {
      while (!signal.aborted) {
        const next = this.batches.shift();
        if (next) yield next;
        else if (this.ended) return;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      this.left = true;
    }
  }.bind(this);
}

const until = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 500 && !condition(); i += 1) await delay(10);
  expect(condition()).toBe(true);
};

describe('event streams', () => {
  let sample: SampleApp;
  let feed: Feed;
  beforeEach(async () => {
    sample = await startSampleApp();
    feed = new Feed();
    streams.source = feed.source;
    streams.disconnects = 0;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await sample.app.close();
  });

  const open = (headers: Record<string, string> = {}, query = '', signal?: AbortSignal) =>
    fetch(`${sample.url}/v1/runs/stream${query}`, {
      method: 'POST',
      headers: { authorization: 'Bearer app-good', origin: 'http://x.example', 'x-request-id': 'r-1', ...headers },
      signal,
    });
  const openStreams = () => sample.app.get(StreamResponder).size;

  it('should send the frames byte for byte, with the headers of every other answer', async () => {
    feed.push(frame(1), frame(2));
    feed.push(frame(3));
    feed.end();
    const response = await open();

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      'x-version': '1.13.2',
      'x-env': 'PRODUCTION',
      'x-request-id': 'r-1',
      'access-control-allow-origin': '*',
    });
    expect(await response.text()).toBe([1, 2, 3].map((n) => frame(n).text).join(''));
    expect(openStreams()).toBe(0);
  });

  it('should send one batch as one chunk', async () => {
    feed.push(frame(1), frame(2), frame(3));
    feed.end();
    const text = await rawRequest(sample.port, [
      'POST /v1/runs/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer app-good\r\nconnection: close\r\n\r\n',
    ]);
    const body = text.slice(text.indexOf('\r\n\r\n') + 4);

    expect(body.match(/^[0-9a-f]+\r\n/gm)).toHaveLength(2);
  });

  it.each([
    ['a Last-Event-ID header', { 'last-event-id': '1-0' }, ''],
    ['the query', {}, '?event_ids=true'],
  ])('should send ids when they are asked for by %s', async (_, headers, query) => {
    feed.push(frame(1), frame(2));
    feed.end();

    expect(await (await open(headers, query)).text()).toBe(`id: 1-1\n${frame(1).text}id: 1-2\n${frame(2).text}`);
  });

  it('should answer as JSON where the handler gives a body instead', async () => {
    streams.source = null;

    expect(await (await open()).json()).toEqual({ blocking: true });
  });

  it('should turn an error before the first frame into an ordinary answer', async () => {
    streams.source = async function* () {
      await Promise.resolve();
      if (streams.disconnects >= 0) throw new NotFoundError('Conversation Not Exists.');
      yield [];
    };
    const response = await open();

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });

  it('should turn a later error into an error event that tells no secrets', async () => {
    streams.source = async function* () {
      yield [frame(1)];
      throw new Error('secret detail');
    };
    const text = await (await open()).text();

    expect(text).toBe(`${frame(1).text}data: {"event":"error","code":"unknown","message":"Internal Server Error","status":500}\n\n`);
  });

  it('should tell the source and the handler when the reader leaves', async () => {
    const leave = new AbortController();
    feed.push(frame(1));
    const response = await open({}, '', leave.signal);
    await response.body?.getReader().read();
    leave.abort();

    await until(() => feed.left);
    expect(feed.signal?.reason).toBe('disconnected');
    expect(streams.disconnects).toBe(1);
    expect(openStreams()).toBe(0);
  });

  it('should not call it a disconnect when the stream simply ends', async () => {
    feed.push(frame(1));
    feed.end();
    await (await open()).text();
    await delay(20);

    expect(streams.disconnects).toBe(0);
    expect(feed.signal?.aborted).toBe(false);
  });

  it('should ping every 10 s from one timer', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    const pending = open();
    await until(() => openStreams() === 1);
    vi.advanceTimersByTime(10_000);
    const response = await pending;
    const reader = response.body!.getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);

    expect(await read()).toBe('event: ping\n\n');
    feed.push(frame(1));
    expect(await read()).toBe(frame(1).text);
    vi.advanceTimersByTime(10_000);
    expect(await read()).toBe('event: ping\n\n');
    feed.end();
    expect((await reader.read()).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('should cut a reader who is too far behind and free the source', async () => {
    const { connect } = await import('node:net');
    const socket = connect(sample.port, '127.0.0.1');
    socket.pause();
    socket.write('POST /v1/runs/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer app-good\r\n\r\n');
    await until(() => openStreams() === 1);
    // More than what the sockets of both ends hold, in one batch: what is left waits in this process.
    feed.push(...Array.from({ length: 32 }, (_, n) => frame(n, 1024 * 1024)));

    await until(() => feed.left);
    expect(feed.signal?.reason).toBe('reader_too_slow');
    expect(openStreams()).toBe(0);
    socket.destroy();
  });

  it('should read no more from the source than the reader takes', async () => {
    const { connect } = await import('node:net');
    const socket = connect(sample.port, '127.0.0.1');
    socket.pause();
    let given = 0;
    streams.source = async function* (signal) {
      while (!signal.aborted && given < 1000) yield [frame((given += 1), 256 * 1024)];
    };
    socket.write('POST /v1/runs/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer app-good\r\n\r\n');
    await until(() => given > 0);
    let before = -1;
    while (before !== given) {
      before = given;
      await delay(50);
    }

    expect(given).toBeLessThan(100);
    socket.destroy();
    await until(() => openStreams() === 0);
  });

  it('should end open streams with a reason when the server stops, and refuse new work', async () => {
    feed.push(frame(1));
    const response = await open();
    const idle = await fetch(`${sample.url}/health`);
    await idle.text();
    const closing = closeApi(sample.app, { deadlineMs: 400 });
    const refused = await open().catch(() => null);
    const text = await response.text();
    await closing;

    expect(text).toMatch(/"event":"error","code":"server_shutting_down"/);
    expect(refused?.status).toBe(503);
    expect(feed.signal?.reason).toBe('server_shutting_down');
    await expect(fetch(`${sample.url}/health`)).rejects.toThrow();
  });

  it('should let a stream that ends in time finish when the server stops', async () => {
    feed.push(frame(1));
    const response = await open();
    const closing = closeApi(sample.app, { deadlineMs: 5000 });
    feed.push(frame(2));
    feed.end();

    expect(await response.text()).toBe(frame(1).text + frame(2).text);
    await closing;
  });
});
