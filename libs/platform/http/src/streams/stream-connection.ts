import type { OutgoingHttpHeader, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { AbortSwitch } from '#common';
import { PING_FRAME } from './stream-frame.js';

/** A reader with more than this unsent is cut; he may attach again. Unit: bytes. */
export const MAX_UNSENT_BYTES = 4 * 1024 * 1024;
/** A reader who takes nothing for this long is cut. Unit: milliseconds. */
export const MAX_STALL_MS = 60_000;
/** Unit: milliseconds. */
export const PING_INTERVAL_MS = 10_000;

const STREAM_HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' };
/** The same as `writeHead` takes them: name, value, name, value. */
const STREAM_HEAD: readonly string[] = Object.entries(STREAM_HEADERS).flat();

/** When pings are sent: every 10 s of the stream's life, or after 10 s without a frame. */
export type PingMode = 'elapsed' | 'idle';

/** Why a stream ended before its frames did. */
export type CutReason = 'disconnected' | 'reader_too_slow' | 'server_shutting_down';

/** One open event stream on a raw response. */
export class StreamConnection {
  private readonly whenCut = new AbortSwitch();
  private readonly response: ServerResponse;
  private pingDueAt: number;
  private stalledSince: number | null = null;
  private isFinished = false;
  private onDrained: (() => void) | null = null;
  private onCut: (() => void) | null = null;

  constructor(
    private readonly reply: FastifyReply,
    private readonly pings: PingMode,
    private readonly now: () => number,
  ) {
    this.response = reply.raw;
    this.pingDueAt = now() + PING_INTERVAL_MS;
    this.response.on('close', () => this.cut('disconnected'));
    this.response.on('drain', () => this.drained());
    if (this.response.destroyed || this.response.closed) this.cut('disconnected');
  }

  /** Fires when the stream is cut: disconnect, slow reader, shutdown. Its reason is a {@link CutReason}. */
  get signal(): AbortSignal {
    return this.whenCut;
  }

  /** Whether nobody reads any more. */
  get isCut(): boolean {
    return this.whenCut.aborted;
  }

  /** Whether the head is out: from then on errors are events, not statuses. */
  get hasBegun(): boolean {
    return this.response.headersSent;
  }

  /** Waits for one thing at a time, and no longer than until the stream is cut: null then. */
  untilCut<T>(work: Promise<T>): Promise<T | null> {
    return new Promise((resolve, reject) => {
      this.onCut = () => resolve(null);
      work.then(resolve, reject);
      if (this.isCut) resolve(null);
    });
  }

  /** Writes in one piece; the first write sends the head. Null, or what resolves when the reader can take more. */
  write(text: string): Promise<unknown> | null {
    if (this.isCut || text === '') return null;
    this.begin();
    if (this.pings === 'idle') this.pingDueAt = this.now() + PING_INTERVAL_MS;
    if (this.response.write(text)) return null;
    if (this.response.writableLength > MAX_UNSENT_BYTES) {
      this.cut('reader_too_slow');
      return null;
    }
    this.stalledSince ??= this.now();
    return this.untilCut(new Promise<void>((resolve) => (this.onDrained = resolve)));
  }

  /** Called by the shared timer: sends a ping that is due, cuts a reader who takes nothing. */
  tick(at: number): void {
    if (this.isCut) return;
    if (this.stalledSince !== null) {
      if (at - this.stalledSince >= MAX_STALL_MS) this.cut('reader_too_slow');
      return;
    }
    if (at < this.pingDueAt) return;
    // Falling behind (a suspended process) must not lead to a burst of pings.
    this.pingDueAt = at - this.pingDueAt > PING_INTERVAL_MS ? at + PING_INTERVAL_MS : this.pingDueAt + PING_INTERVAL_MS;
    this.begin();
    if (!this.response.write(PING_FRAME)) this.stalledSince = at;
  }

  /** Ends the stream in order. */
  end(): void {
    if (this.isCut || this.response.writableEnded) return;
    this.begin();
    this.isFinished = true;
    this.response.end();
  }

  /** Ends the stream with a last frame that says why. */
  endWith(frame: string): void {
    if (this.isCut) return;
    this.begin();
    this.response.end(frame);
    this.cut('server_shutting_down');
  }

  private cut(reason: CutReason): void {
    if (this.isCut || this.isFinished) return;
    if (reason === 'reader_too_slow') this.response.destroy();
    this.whenCut.abort(reason);
    this.onCut?.();
  }

  private drained(): void {
    this.stalledSince = null;
    this.onDrained?.();
    this.onDrained = null;
  }

  /** Sends the head: every header that any other answer of this request would carry. */
  private begin(): void {
    if (this.response.headersSent || this.reply.sent) return;
    this.reply.hijack();
    const headers: OutgoingHttpHeader[] = [...STREAM_HEAD];
    const others = this.reply.getHeaders();
    for (const name in others) {
      const value = others[name];
      if (value !== undefined && !(name in STREAM_HEADERS)) headers.push(name, value);
    }
    this.response.writeHead(200, headers);
  }
}
