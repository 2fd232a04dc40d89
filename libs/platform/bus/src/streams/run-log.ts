import type { RunStreamConfig } from '#platform/config';
import { StreamInterruptedError } from '../bus.errors.js';
import { Batch } from './batch.js';
import { LogReader } from './log-reader.js';
import { type FramePosition, isAfter } from './stream-frame.js';

/** Who carries the frames of one run to where other processes find them. */
export interface LogCarrier {
  /** There are new frames. */
  pushed(): void;
  /** No more will come. */
  ended(): void;
  /** The memory lets go of the run. */
  dropped(): void;
}

/** The frames of one run in the memory of its owner, bounded by count and bytes. */
export class RunLog {
  /** Stands before the oldest batch that is held. */
  head = Batch.none();
  tail = this.head;
  heldBytes = 0;
  heldFrames = 0;
  /** Bytes ever pushed; the difference to what a reader took is how far it is behind. */
  totalBytes = 0;
  /** Frames ever pushed. */
  totalFrames = 0;
  lastN = 0;
  isEnded = false;
  /** When an ended run leaves the memory. Unit: milliseconds since 1970. */
  leavesAt = Number.POSITIVE_INFINITY;
  /** Set by who opens it, where frames are carried on. */
  carrier: LogCarrier | null = null;
  /** The last frame that was dropped, or the end of what an earlier owner made; null while all since the run's start is held. */
  private droppedTo: FramePosition | null;
  private readonly readers = new Set<LogReader>();

  constructor(
    readonly runId: string,
    public fence: number,
    private readonly limits: RunStreamConfig,
  ) {
    this.droppedTo = fence > 1 ? { fence, n: 0 } : null;
  }

  /** Goes on under a higher fence, frames of the former owner included. */
  takeOver(fence: number): void {
    this.fence = fence;
    this.lastN = 0;
  }

  push(texts: readonly string[]): void {
    const batch = Batch.of(this.fence, this.lastN + 1, texts);
    this.lastN += batch.size;
    this.tail.next = batch;
    this.tail = batch;
    this.totalBytes += batch.bytes;
    this.totalFrames += batch.size;
    this.heldBytes += batch.bytes;
    this.heldFrames += batch.size;
    while ((this.heldBytes > this.limits.maxBytes || this.heldFrames > this.limits.maxFrames) && this.head.next !== this.tail)
      this.dropOldest();
    for (const reader of this.readers) reader.wake();
    this.carrier?.pushed();
  }

  end(): void {
    this.isEnded = true;
    for (const reader of this.readers) reader.wake();
    this.carrier?.ended();
  }

  /** Lets the readers attach anew: what follows is not held here. */
  interrupt(): void {
    this.isEnded = true;
    const error = new StreamInterruptedError('The run was taken over by another process. Attach again with the last event id.');
    for (const reader of this.readers) reader.fail(error);
  }

  /** Whether every frame after that place is held. */
  covers(after: FramePosition | undefined): boolean {
    if (this.droppedTo === null) return true;
    return after !== undefined && !isAfter(this.droppedTo, after);
  }

  /** All frames since the run's start as one text; null when the first ones are not held (any more). */
  wholeText(): string | null {
    if (this.droppedTo !== null) return null;
    let text = '';
    for (let batch = this.head.next; batch !== null; batch = batch.next) text += batch.text;
    return text;
  }

  /** The last frame; before the first one of an owner a place before it. */
  get last(): FramePosition {
    return { fence: this.fence, n: this.lastN };
  }

  /** Reads on from a place, or from the oldest held frame after it. */
  read(after: FramePosition | undefined, signal: AbortSignal | undefined): LogReader {
    const reader = new LogReader(this, after, signal, this.limits.maxLagBytes, () => this.readers.delete(reader));
    if (!reader.isDone) this.readers.add(reader);
    return reader;
  }

  private dropOldest(): void {
    const oldest = this.head.next as Batch;
    this.head = oldest;
    this.heldBytes -= oldest.bytes;
    this.heldFrames -= oldest.size;
    this.droppedTo = oldest.last;
  }
}
