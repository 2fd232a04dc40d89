import type { Bus } from '../bus.port.js';
import { StreamInterruptedError } from '../bus.errors.js';
import type { RedisConnections } from '../redis/redis-connections.js';
import { positionOf } from './shipment.js';
import { type FramePosition, HeldFrame, isAfter, type StreamFrame } from './stream-frame.js';
import { Wakeup } from './wakeup.js';

/** Entries read at once. */
const PAGE = 100;
/** How often a stream is looked at although nothing woke the reader. Unit: milliseconds. */
const POLL_MS = 2000;
/** How long an outage may last before a reader gives up. Unit: milliseconds. */
const PATIENCE_MS = 60_000;

type Entry = [id: string, fields: string[]];

/** A stream as it is in Redis, with the frames up to the next look. */
interface Page {
  frames: HeldFrame[];
  exists: boolean;
  /** The stream ended with the last of these entries. */
  isEnd: boolean;
  isFull: boolean;
}

/**
 * One reader of a run that executes elsewhere: replays the Redis stream and follows it, woken over the bus. All readers of a
 * process share its two connections; none of them blocks one.
 */
export class RedisStreamReader {
  private readonly wakeup = new Wakeup();
  private unsubscribe: () => Promise<void> = () => Promise.resolve();
  private lastId = '';

  constructor(
    private readonly connections: RedisConnections,
    private readonly bus: Bus,
    private readonly key: string,
    private readonly channel: string,
    private place: FramePosition | undefined,
    private readonly signal: AbortSignal,
  ) {}

  /** Looks whether Redis has what was asked for: `null` when not, else the frames. */
  async open(options: { isRunning: boolean; allowGap: boolean }): Promise<AsyncIterable<StreamFrame[]> | null> {
    this.unsubscribe = await this.bus.subscribe(this.channel, () => this.wakeup.wake());
    try {
      this.lastId = this.place === undefined ? '' : `${String(this.place.fence)}-${String(this.place.n)}`;
      const page = await this.read(options.allowGap);
      if (page === null || (!page.exists && !options.isRunning)) {
        await this.unsubscribe();
        return null;
      }
      if (page.exists && page.frames.length === 0 && !page.isEnd) page.isEnd = await this.hasEnded();
      return this.frames(page);
    } catch (error) {
      await this.unsubscribe();
      throw error;
    }
  }

  private async *frames(first: Page): AsyncGenerator<StreamFrame[], undefined> {
    try {
      let existed = false;
      for (let page = first; !this.signal.aborted; page = await this.readPatiently()) {
        if (page.frames.length > 0) yield page.frames;
        if (page.isEnd && !page.isFull) return undefined;
        if (existed && !page.exists)
          throw new StreamInterruptedError('The stream of this run is no longer held. Read the result of the run instead.');
        existed ||= page.exists;
        if (!page.isFull) await this.wakeup.wait(POLL_MS, this.signal);
      }
      return undefined;
    } finally {
      await this.unsubscribe();
    }
  }

  private async readPatiently(): Promise<Page> {
    for (const deadline = Date.now() + PATIENCE_MS; ;) {
      try {
        return (await this.read(false)) ?? gap();
      } catch (error) {
        if (error instanceof StreamInterruptedError || Date.now() > deadline || this.signal.aborted) throw error;
        await this.wakeup.wait(POLL_MS / 2, this.signal);
      }
    }
  }

  /** Whether the stream's newest entry is its end; asked once, for readers that say they are beyond it. */
  private async hasEnded(): Promise<boolean> {
    const [newest] = await this.connections.run((redis) => redis.xrevrange(this.key, '+', '-', 'COUNT', 1));
    return newest?.[1][0] === 'e';
  }

  /** The entries after the last one; null when frames in between are gone. */
  private async read(allowGap: boolean): Promise<Page | null> {
    const from = this.lastId === '' ? '-' : `(${this.lastId}`;
    const [entries, exists] = await this.connections.run(async (redis) => {
      const replies = (await redis.pipeline().xrange(this.key, from, '+', 'COUNT', PAGE).exists(this.key).exec()) ?? [];
      for (const [error] of replies) if (error !== null) throw error;
      return [replies[0]?.[1] as Entry[], replies[1]?.[1] === 1] as const;
    });
    const page: Page = { frames: [], exists, isEnd: false, isFull: entries.length === PAGE };
    for (const [id, fields] of entries) {
      if (!this.take(id, fields, page, allowGap)) return null;
    }
    return page;
  }

  private take(id: string, fields: string[], page: Page, allowGap: boolean): boolean {
    this.lastId = id;
    if (fields[0] === 'x') return gap();
    page.isEnd = fields[0] === 'e';
    if (page.isEnd || fields[0] === 'o') return true;
    const last = positionOf(id);
    const count = fields.length / 2;
    const first: FramePosition = { fence: last.fence, n: last.n - count + 1 };
    const { place } = this;
    const isNext = place === undefined || place.fence < first.fence ? first.n <= 1 : first.n <= place.n + 1;
    if (!isNext && !allowGap && page.frames.length === 0) return false;
    for (let i = 0; i < count; i += 1) {
      const frame = new HeldFrame(first.fence, first.n + i, fields[i * 2 + 1] as string);
      if (place === undefined || isAfter(frame, place)) page.frames.push(frame);
    }
    this.place = last;
    return true;
  }
}

function gap(): never {
  throw new StreamInterruptedError('Frames of this stream are missing. Read the result of the run instead, or attach again.');
}
