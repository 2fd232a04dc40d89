import type { RunStreamConfig } from '#platform/config';
import { Batch } from './batch.js';
import type { RunLog } from './run-log.js';
import { type FramePosition, isAfter } from './stream-frame.js';
import type { Parcel } from './stream-script.js';

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

/** Reads an entry: its frames, or the mark that it is (`o` opens a take-over, `e` ends the stream, `x` says that frames are missing). */
export function entryOf(id: string, [name = '', text = '']: readonly string[]): Batch | 'o' | 'e' | 'x' {
  if (name === 'o' || name === 'e' || name === 'x') return name;
  const last = positionOf(id);
  const lengths = name.split(',').map(Number);
  return new Batch(last.fence, last.n - lengths.length + 1, text, lengths, Buffer.byteLength(text));
}

/**
 * The way of one run's frames into its Redis stream. An entry has the id of its last frame, the lengths of its frames as its name and their
 * joined text as its value, so nothing is serialised again and a smaller fence is refused by Redis itself; `o` opens a take-over, `e` ends
 * the stream.
 */
export class Shipment {
  /** Nothing more goes to Redis: all is there, somebody took over, or it was given up. */
  isOver = false;
  /** Whether it stands in the queue of those with something to send. */
  isWaiting = false;
  /** Whether a flush was sent whose answer never came. */
  isUncertain = false;
  /** Bytes of the last parcel. */
  parcelBytes = 0;
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
    private readonly names: { stream: string; channel: string },
    private readonly config: RunStreamConfig,
    /** Called when the server has the whole of an ended stream. */
    private readonly onStored: () => void,
  ) {
    this.arrivedTo = log.head;
    this.sentTo = log.head;
    this.isAnnounced = log.fence <= 1;
    this.arrivedBytes = log.totalBytes - log.heldBytes;
  }

  get key(): string {
    return this.names.stream;
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

  /** Packs what is not there yet. */
  pack(): Parcel {
    const entries: [string, string, string][] = [];
    this.sent = [];
    this.sentTo = this.arrivedTo;
    this.sentBytes = this.arrivedBytes;
    this.sentFrames = this.arrivedFrames;
    if (!this.isAnnounced) entries.push(this.note(0, 'o'));
    while (this.sentTo.next !== null) entries.push(this.nextEntry());
    this.sentEnd = this.log.isEnded;
    if (this.sentEnd) entries.push(this.note(this.log.lastN + 1, 'e'));
    this.parcelBytes = this.sentBytes - this.arrivedBytes;
    return { key: this.names.stream, channel: this.names.channel, expires: this.expiry(), keepFrom: this.trim(), entries };
  }

  /** The server has taken what was packed last. */
  arrived(): void {
    this.arrivedTo = this.sentTo;
    this.arrivedBytes = this.sentBytes;
    this.arrivedFrames = this.sentFrames;
    this.isAnnounced = true;
    for (const entry of this.sent) this.remember(entry);
    this.isUncertain = false;
    if (this.sentEnd) this.complete();
  }

  /** The server has everything up to a place although it never said so. */
  resumeAfter(place: FramePosition): void {
    for (let batch = this.arrivedTo.next; batch !== null && !isAfter(batch.last, place); batch = batch.next) {
      this.arrivedTo = batch;
      this.arrivedBytes += batch.bytes;
      this.arrivedFrames += batch.size;
      this.remember({ id: idOf(batch.last), bytes: batch.bytes });
    }
    this.isUncertain = false;
    this.isAnnounced ||= place.fence === this.log.fence;
    this.expiresSetAt = 0;
    if (this.log.isEnded && place.n > this.log.lastN) this.complete();
  }

  private complete(): void {
    this.isOver = true;
    this.onStored();
  }

  private remember(entry: StoredEntry): void {
    this.stored.push(entry);
    this.storedBytes += entry.bytes;
  }

  private note(n: number, mark: 'o' | 'e'): [string, string, string] {
    const id = idOf({ fence: this.log.fence, n });
    this.sent.push({ id, bytes: 0 });
    return [id, mark, ''];
  }

  private nextEntry(): [string, string, string] {
    const fence = this.sentTo.next?.fence;
    let text = '';
    let lengths = '';
    let bytes = 0;
    let frames = 0;
    for (let batch = this.sentTo.next; batch !== null && batch.fence === fence; batch = batch.next) {
      if (frames > 0 && (bytes + batch.bytes > ENTRY_BYTES || frames + batch.size > ENTRY_FRAMES)) break;
      text += batch.text;
      lengths += `${frames > 0 ? ',' : ''}${batch.lengths.join(',')}`;
      bytes += batch.bytes;
      frames += batch.size;
      this.sentTo = batch;
    }
    this.sentBytes += bytes;
    this.sentFrames += frames;
    const id = idOf(this.sentTo.last);
    this.sent.push({ id, bytes });
    return [id, lengths, text];
  }

  private expiry(): number | null {
    const now = Date.now();
    if (!this.sentEnd && now - this.expiresSetAt <= EXPIRE_EVERY_MS) return null;
    this.expiresSetAt = now;
    return this.config.redisTtlSeconds + (this.sentEnd ? 0 : EXPIRE_EVERY_MS / 1000);
  }

  /** Drops the oldest entries of a stream that has grown over its share of Redis. */
  private trim(): string | null {
    if (this.storedBytes <= this.config.redisMaxBytes) return null;
    while (this.storedBytes > this.config.redisMaxBytes && this.stored.length > 1) this.storedBytes -= this.stored.shift()?.bytes ?? 0;
    return this.stored[0]?.id ?? '0';
  }
}

function idOf({ fence, n }: FramePosition): string {
  return `${String(fence)}-${String(n)}`;
}
