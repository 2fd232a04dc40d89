import type { ChainableCommander } from 'ioredis';
import type { RunStreamConfig } from '#platform/config';
import type { Batch, RunLog } from './run-log.js';
import { type FramePosition, isAfter } from './stream-frame.js';

/** Most frames and bytes of one entry; a backlog is cut into several. */
const ENTRY_FRAMES = 1000;
const ENTRY_BYTES = 256 * 1024;
/** How long an expiry that was set is left alone. Unit: milliseconds. */
const EXPIRE_EVERY_MS = 60_000;

interface StoredEntry {
  id: string;
  bytes: number;
}

/** Reads an id of a Redis stream, which is the id of the last frame of the entry. */
export function positionOf(id: string): FramePosition {
  const [fence, n] = id.split('-');
  return { fence: Number(fence), n: Number(n) };
}

/**
 * The way of one run's frames into its Redis stream. An entry has the id of its last frame and one field a frame (`f`), so
 * nothing is serialised again and a smaller fence is refused by Redis itself; `o` opens a take-over, `e` ends the stream.
 */
export class Shipment {
  /** Nothing more goes to Redis: all is there, somebody took over, or it was given up. */
  isOver = false;
  /** Whether a flush was sent whose answer never came. */
  isUncertain = false;
  /** Commands the last call of `addTo` made. */
  commands = 0;
  private arrivedTo: Batch;
  private arrivedBytes = 0;
  private arrivedFrames = 0;
  private sentTo: Batch;
  private sentBytes = 0;
  private sentFrames = 0;
  private sentEnd = false;
  private isAnnounced: boolean;
  private expiresSetAt = 0;
  private readonly stored: StoredEntry[] = [];
  private sent: StoredEntry[] = [];
  private storedBytes = 0;

  constructor(
    readonly log: RunLog,
    readonly key: string,
    private readonly config: RunStreamConfig,
  ) {
    this.arrivedTo = log.head;
    this.sentTo = log.head;
    this.isAnnounced = log.fence <= 1;
    this.arrivedBytes = log.totalBytes - log.heldBytes;
  }

  get lagBytes(): number {
    return this.log.totalBytes - this.arrivedBytes;
  }

  get lagFrames(): number {
    return this.log.totalFrames - this.arrivedFrames;
  }

  get hasMore(): boolean {
    return this.arrivedTo.next !== null || this.log.isEnded;
  }

  /** Adds what is not there yet to a pipeline. Returns its bytes. */
  addTo(pipeline: ChainableCommander): number {
    this.commands = 0;
    this.sent = [];
    this.sentTo = this.arrivedTo;
    this.sentBytes = this.arrivedBytes;
    this.sentFrames = this.arrivedFrames;
    if (!this.isAnnounced) this.xadd(pipeline, `${String(this.log.fence)}-0`, ['o', ''], 0);
    while (this.sentTo.next !== null) this.addEntry(pipeline);
    this.sentEnd = this.log.isEnded;
    if (this.sentEnd) this.xadd(pipeline, `${String(this.log.fence)}-${String(this.log.lastN + 1)}`, ['e', ''], 0);
    this.trim(pipeline);
    const now = Date.now();
    if (this.sentEnd || now - this.expiresSetAt > EXPIRE_EVERY_MS) {
      this.expiresSetAt = now;
      pipeline.expire(this.key, this.config.redisTtlSeconds + (this.sentEnd ? 0 : EXPIRE_EVERY_MS / 1000));
      this.commands += 1;
    }
    return this.sentBytes - this.arrivedBytes;
  }

  /** The server has taken what the last call of `addTo` added. */
  arrived(): void {
    this.arrivedTo = this.sentTo;
    this.arrivedBytes = this.sentBytes;
    this.arrivedFrames = this.sentFrames;
    this.isAnnounced = true;
    for (const entry of this.sent) this.remember(entry);
    this.isUncertain = false;
    if (this.sentEnd) this.isOver = true;
  }

  /** The server has everything up to a place although it never said so. */
  resumeAfter(place: FramePosition): void {
    for (let batch = this.arrivedTo.next; batch?.last !== undefined && !isAfter(batch.last, place); batch = batch.next) {
      this.arrivedTo = batch;
      this.arrivedBytes += batch.bytes;
      this.arrivedFrames += batch.frames.length;
      this.remember({ id: batch.last.id, bytes: batch.bytes });
    }
    this.isUncertain = false;
    this.isAnnounced ||= place.fence === this.log.fence;
    this.expiresSetAt = 0;
    if (this.log.isEnded && place.n > this.log.lastN) this.isOver = true;
  }

  private remember(entry: StoredEntry): void {
    this.stored.push(entry);
    this.storedBytes += entry.bytes;
  }

  private addEntry(pipeline: ChainableCommander): void {
    const fields: string[] = [];
    const fence = this.sentTo.next?.last?.fence;
    let bytes = 0;
    let frames = 0;
    for (let batch = this.sentTo.next; batch !== null && batch.last?.fence === fence; batch = batch.next) {
      if (frames > 0 && (bytes + batch.bytes > ENTRY_BYTES || frames + batch.frames.length > ENTRY_FRAMES)) break;
      for (const frame of batch.frames) fields.push('f', frame.text);
      bytes += batch.bytes;
      frames += batch.frames.length;
      this.sentTo = batch;
    }
    this.sentBytes += bytes;
    this.sentFrames += frames;
    this.xadd(pipeline, this.sentTo.last?.id ?? '*', fields, bytes);
  }

  private xadd(pipeline: ChainableCommander, id: string, fields: string[], bytes: number): void {
    pipeline.xadd(this.key, id, ...fields);
    this.commands += 1;
    this.sent.push({ id, bytes });
  }

  /** Drops the oldest entries of a stream that has grown over its share of Redis. */
  private trim(pipeline: ChainableCommander): void {
    if (this.storedBytes <= this.config.redisMaxBytes) return;
    while (this.storedBytes > this.config.redisMaxBytes && this.stored.length > 1) this.storedBytes -= this.stored.shift()?.bytes ?? 0;
    pipeline.xtrim(this.key, 'MINID', this.stored[0]?.id ?? '0');
    this.commands += 1;
  }
}
