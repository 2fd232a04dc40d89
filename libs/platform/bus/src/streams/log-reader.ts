import { StreamReaderTooSlowError } from '../bus.errors.js';
import { type Batch, joined } from './batch.js';
import type { RunLog } from './run-log.js';
import type { FrameBatch } from './run-streams.port.js';
import type { FramePosition } from './stream-frame.js';

/** Most bytes that batches waiting for one reader are joined to. */
const JOINED_BYTES = 256 * 1024;

type Result = IteratorResult<FrameBatch, undefined>;
const DONE: Result = { done: true, value: undefined };

/** One reader of a run's memory, at its own pace. Waiting costs nothing; a new batch wakes it in the same turn. */
export class LogReader implements AsyncIterableIterator<FrameBatch, undefined> {
  isDone = false;
  /** The last batch that was read. */
  private place: Batch;
  /** What is left of the first batch when the reader begins in its midst. */
  private rest: Batch | null = null;
  private readBytes: number;
  private error: Error | null = null;
  private waiting: { resolve(result: Result): void; reject(error: Error): void } | null = null;
  private readonly abort = (): void => this.finish();

  constructor(
    private readonly log: RunLog,
    after: FramePosition | undefined,
    private readonly signal: AbortSignal | undefined,
    private readonly maxLagBytes: number,
    private readonly leave: () => void,
  ) {
    let ahead = log.heldBytes;
    this.place = log.head;
    for (let batch = log.head.next; after !== undefined && batch !== null; batch = batch.next) {
      const rest = batch.after(after);
      if (rest === batch) break;
      this.place = batch;
      ahead -= batch.bytes;
      this.rest = rest;
      if (rest !== null) break;
    }
    this.readBytes = log.totalBytes - ahead;
    if (signal?.aborted === true) this.isDone = true;
    else signal?.addEventListener('abort', this.abort, { once: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    if (this.error !== null) return Promise.reject(this.error);
    if (this.isDone) return Promise.resolve(DONE);
    const frames = this.take();
    if (frames !== null) return Promise.resolve({ done: false, value: frames });
    if (this.log.isEnded) {
      this.finish();
      return Promise.resolve(DONE);
    }
    return new Promise((resolve, reject) => (this.waiting = { resolve, reject }));
  }

  return(): Promise<Result> {
    this.finish();
    return Promise.resolve(DONE);
  }

  /** New frames are there, or the end: answers a reader that waits, cuts one that does not keep up. */
  wake(): void {
    const { waiting } = this;
    if (waiting === null) {
      const lag = this.log.totalBytes - this.readBytes;
      if (lag > this.maxLagBytes) this.fail(new StreamReaderTooSlowError(lag));
      return;
    }
    this.waiting = null;
    const frames = this.take();
    if (frames !== null) waiting.resolve({ done: false, value: frames });
    else {
      this.finish();
      waiting.resolve(DONE);
    }
  }

  /** Cuts the reader: it lets go of everything it holds and learns of it with this or its next read. */
  fail(error: Error): void {
    this.error = error;
    this.place = this.log.tail;
    this.waiting?.reject(error);
    this.waiting = null;
    this.finish();
  }

  private take(): FrameBatch | null {
    const { rest } = this;
    if (rest !== null) {
      this.rest = null;
      return rest;
    }
    const first = this.place.next;
    if (first === null) return null;
    if (first.next === null) {
      this.moveTo(first, first.bytes);
      return first;
    }
    const batches = [first];
    let { bytes } = first;
    for (let batch: Batch | null = first.next; batch !== null && bytes + batch.bytes <= JOINED_BYTES; batch = batch.next) {
      batches.push(batch);
      bytes += batch.bytes;
    }
    this.moveTo(batches.at(-1) as Batch, bytes);
    return joined(batches);
  }

  private moveTo(batch: Batch, bytes: number): void {
    this.place = batch;
    this.readBytes += bytes;
  }

  private finish(): void {
    if (this.isDone) return;
    this.isDone = true;
    this.rest = null;
    this.signal?.removeEventListener('abort', this.abort);
    this.leave();
    this.waiting?.resolve(DONE);
    this.waiting = null;
  }
}
