import type { Dispatcher } from 'undici';
import { OutboundError } from './outbound.errors.js';

/** Above this the socket is not read until the reader has caught up. Unit: bytes. */
const HIGH_WATER = 1024 * 1024;

type Result = IteratorResult<Uint8Array, undefined>;
const DONE: Result = { done: true, value: undefined };

/** The body of an answer as it comes in: pieces that arrive before the reader looks again are given as one. */
export class ResponseBody implements AsyncIterableIterator<Uint8Array, undefined> {
  private pieces: Buffer[] = [];
  private pending = 0;
  private total = 0;
  private ended = false;
  private failure: Error | null = null;
  private waiting: { resolve(result: Result): void; reject(error: Error): void } | null = null;

  constructor(
    private readonly controller: Dispatcher.DispatchController,
    private readonly maxBytes: number,
    private onSettled: () => void,
  ) {}

  /** Calls when the body has come to its end or failed; at once when it has. */
  whenSettled(listener: () => void): void {
    const before = this.onSettled;
    this.onSettled = () => {
      before();
      listener();
    };
    if (this.ended || this.failure) listener();
  }

  /** Takes a piece from the socket. */
  push(piece: Buffer): void {
    this.total += piece.length;
    if (this.total > this.maxBytes) {
      this.fail(new OutboundError('too_large', `The answer is larger than ${this.maxBytes} bytes.`));
      return;
    }
    this.pieces.push(piece);
    this.pending += piece.length;
    if (this.pending > HIGH_WATER) this.controller.pause();
    this.awake();
  }

  /** The answer is complete. */
  end(): void {
    this.ended = true;
    this.onSettled();
    this.awake();
  }

  /** The answer will not be complete: what is read already stays read, then the reading fails. */
  fail(error: Error): void {
    if (this.ended || this.failure) return;
    this.failure = error;
    this.onSettled();
    if (!this.controller.aborted) this.controller.abort(error);
    this.awake();
  }

  /** Closes the socket if the body has not come to its end. */
  discard(): void {
    this.pieces = [];
    this.fail(new OutboundError('socket', 'The answer was discarded.'));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    if (this.pieces.length > 0) return Promise.resolve({ done: false, value: this.take() });
    if (this.failure) return Promise.reject(this.failure);
    if (this.ended) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => (this.waiting = { resolve, reject }));
  }

  return(): Promise<Result> {
    this.discard();
    return Promise.resolve(DONE);
  }

  private take(): Buffer {
    const { pieces } = this;
    this.pieces = [];
    this.pending = 0;
    if (this.controller.paused) this.controller.resume();
    return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  }

  /** Answers a read that waits. */
  private awake(): void {
    const { waiting } = this;
    if (waiting === null) return;
    this.waiting = null;
    if (this.pieces.length > 0) waiting.resolve({ done: false, value: this.take() });
    else if (this.failure) waiting.reject(this.failure);
    else waiting.resolve(DONE);
  }
}
