import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Slots } from '#common';
import { AppLogger } from '#platform/telemetry';
import { errorBodyOf } from '../errors/error-body.js';
import { toAppError } from '../errors/to-app-error.js';
import { type PingMode, StreamConnection } from './stream-connection.js';
import { batchText, type FrameBatch, PING_FRAME } from './stream-frame.js';

const TICK_MS = 1000;

type Frames = AsyncIterable<FrameBatch>;

/** Frames of a stream, or how to get them; the signal fires when nobody reads any more. */
export type FrameSource = Frames | ((signal: AbortSignal) => Frames | Promise<Frames>);

/** How a stream is sent. */
export interface StreamOptions {
  /** Whether frames carry SSE `id:` lines; see `wantsEventIds`. Default false. */
  eventIds?: boolean;
  /** Called once when the stream ends before its frames do. A run goes on; what is a mere relay ends here. */
  onDisconnect?: () => void;
  /** Whether a ping goes out at once, as in workflow and chatflow streams (contract service-and-web-api 8.2). Default false. */
  pingFirst?: boolean;
  /** `elapsed`: every 10 s also while frames flow (chat, completion, agent); `idle`: after 10 s without a frame. Default `elapsed`. */
  pings?: PingMode;
}

/** Sends event streams on the raw response: exact frames, one write a batch, pings by one timer for all. */
@Injectable()
export class StreamResponder implements BeforeApplicationShutdown {
  private readonly open = new Slots<StreamConnection>();
  private timer: NodeJS.Timeout | null = null;
  private readonly log: AppLogger;

  constructor(logger: AppLogger) {
    this.log = logger.scoped('streams');
  }

  /** Streams that are open now. */
  get size(): number {
    return this.open.size;
  }

  /**
   * Sends frames until they end. Nothing leaves before the first frame or ping, so an error of the first read is thrown
   * and becomes an ordinary answer; a later one becomes an `error` event.
   */
  async respond(reply: FastifyReply, frames: FrameSource, options: StreamOptions = {}): Promise<void> {
    const connection = new StreamConnection(reply, options.pings ?? 'elapsed', Date.now);
    if (options.onDisconnect) connection.signal.addEventListener('abort', options.onDisconnect, { once: true });
    if (connection.isCut) options.onDisconnect?.();
    const slot = this.add(connection);
    try {
      if (options.pingFirst) await connection.write(PING_FRAME);
      await this.pump(connection, typeof frames === 'function' ? await frames(connection.signal) : frames, options.eventIds ?? false);
      connection.end();
    } catch (error) {
      if (connection.isCut) return;
      if (!connection.hasBegun) throw error;
      this.log.error('stream failed', { requestId: reply.request.id, error });
      await connection.write(errorFrame(error));
      connection.end();
    } finally {
      if (options.onDisconnect) connection.signal.removeEventListener('abort', options.onDisconnect);
      this.remove(slot);
    }
  }

  /** Ends all open streams with an `error` event that says why. */
  endAll(message = 'This server is stopping. The run goes on or is ended with a reason; read it again by its id.'): void {
    const frame = `data: ${JSON.stringify({ event: 'error', code: 'server_shutting_down', message, status: 503 })}\n\n`;
    for (const connection of [...this.open]) connection.endWith(frame);
  }

  /** Before the server closes, which waits for its connections. */
  beforeApplicationShutdown(): void {
    this.endAll();
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private async pump(connection: StreamConnection, frames: Frames, eventIds: boolean): Promise<void> {
    const iterator = frames[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await connection.untilCut(iterator.next());
        if (next === null || next.done) return;
        const full = connection.write(batchText(next.value, eventIds));
        if (full !== null) await full;
      }
    } finally {
      // Not awaited: a source that is parked in a read answers only after it.
      if (connection.isCut) void Promise.resolve(iterator.return?.()).catch(() => undefined);
    }
  }

  private add(connection: StreamConnection): number {
    this.timer ??= setInterval(() => this.tick(), TICK_MS).unref();
    return this.open.add(connection);
  }

  private remove(slot: number): void {
    this.open.remove(slot);
    if (this.open.size > 0 || this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
  }

  private tick(): void {
    const at = Date.now();
    for (const connection of this.open) connection.tick(at);
  }
}

function errorFrame(error: unknown): string {
  return `data: ${JSON.stringify({ event: 'error', ...errorBodyOf(toAppError(error)) })}\n\n`;
}
