import type { Bus } from '../bus.port.js';
import { StreamInterruptedError, UnknownEventIdError } from '../bus.errors.js';
import type { RedisConnections } from '../redis/redis-connections.js';
import { type Batch, joined } from './batch.js';
import type { FrameBatch } from './run-streams.port.js';
import { entryOf, positionOf } from './shipment.js';
import { type FramePosition, isAfter } from './stream-frame.js';
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
  batches: Batch[];
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
  /** Whether anything was found after the place with which the reader came. */
  private hasFound = false;

  constructor(
    private readonly connections: RedisConnections,
    private readonly bus: Bus,
    private readonly key: string,
    private readonly channel: string,
    private place: FramePosition | undefined,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Looks whether Redis has what was asked for: `null` when not, else the frames. */
  async open(options: { isRunning: boolean; allowGap: boolean }): Promise<AsyncIterable<FrameBatch> | null> {
    this.unsubscribe = await this.bus.subscribe(this.channel, () => this.wakeup.wake());
    try {
      this.lastId = this.place === undefined ? '' : `${String(this.place.fence)}-${String(this.place.n)}`;
      const page = await this.read(options.allowGap);
      if (page === null || (!page.exists && !options.isRunning)) {
        await this.unsubscribe();
        return null;
      }
      return this.frames(page);
    } catch (error) {
      await this.unsubscribe();
      throw error;
    }
  }

  private async *frames(first: Page): AsyncGenerator<FrameBatch, undefined> {
    try {
      let existed = false;
      for (let page = first; this.signal?.aborted !== true; page = await this.readPatiently()) {
        if (page.batches.length > 0) yield joined(page.batches);
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
        if (
          error instanceof StreamInterruptedError ||
          error instanceof UnknownEventIdError ||
          Date.now() > deadline ||
          this.signal?.aborted === true
        )
          throw error;
        await this.wakeup.wait(POLL_MS / 2, this.signal);
      }
    }
  }

  /** Nothing lies after the place with which the reader came: refuses one that lies behind the end of the stream. */
  private async checkPlace(): Promise<void> {
    const { place } = this;
    if (place === undefined) return;
    const [newest] = await this.connections.run((redis) => redis.xrevrange(this.key, '+', '-', 'COUNT', 1));
    if (newest?.[1][0] === 'e' && !isAfter(positionOf(newest[0]), place)) throw new UnknownEventIdError(place);
  }

  /** The entries after the last one; null when frames in between are gone. */
  private async read(allowGap: boolean): Promise<Page | null> {
    const from = this.lastId === '' ? '-' : `(${this.lastId}`;
    const [entries, exists] = await this.connections.run(async (redis) => {
      const replies = (await redis.pipeline().xrange(this.key, from, '+', 'COUNT', PAGE).exists(this.key).exec()) ?? [];
      for (const [error] of replies) if (error !== null) throw error;
      return [replies[0]?.[1] as Entry[], replies[1]?.[1] === 1] as const;
    });
    if (entries.length === 0 && exists && !this.hasFound) await this.checkPlace();
    const page: Page = { batches: [], exists, isEnd: false, isFull: entries.length === PAGE };
    for (const [id, fields] of entries) {
      if (!this.take(id, fields, page, allowGap)) return null;
    }
    return page;
  }

  private take(id: string, fields: string[], page: Page, allowGap: boolean): boolean {
    this.lastId = id;
    this.hasFound = true;
    const batch = entryOf(id, fields);
    if (batch === 'x') return gap();
    page.isEnd = batch === 'e';
    if (batch === 'e' || batch === 'o') return true;
    const { place } = this;
    const isNext = place === undefined || place.fence < batch.fence ? batch.firstN <= 1 : batch.firstN <= place.n + 1;
    if (!isNext && !allowGap && page.batches.length === 0) return false;
    const rest = place === undefined ? batch : batch.after(place);
    if (rest !== null) page.batches.push(rest);
    this.place = batch.last;
    return true;
  }
}

function gap(): never {
  throw new StreamInterruptedError('Frames of this stream are missing. Read the result of the run instead, or attach again.');
}
