import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { UnavailableError } from '#common';
import { HttpConfig } from '#platform/config';

const SAMPLE_MS = 100;
const EXEMPT = /^\/(?:health|ready|metrics)$|\/stop$/;

/** Refuses new work while the process has too much of it; health and stop routes stay served. */
@Injectable()
export class Admission implements OnApplicationShutdown {
  private inFlight = 0;
  private lagMs = 0;
  private lateSamples = 0;
  private expectedAt = 0;
  private timer: NodeJS.Timeout | null = null;
  private closing = false;

  constructor(private readonly config: HttpConfig) {}

  /** Begins to watch the event loop. */
  start(now: () => number = () => performance.now()): void {
    if (this.config.maxEventLoopLagMs === 0 || this.timer !== null) return;
    this.expectedAt = now() + SAMPLE_MS;
    this.timer = setInterval(() => {
      const at = now();
      this.observe(Math.max(0, at - this.expectedAt));
      this.expectedAt = at + SAMPLE_MS;
    }, SAMPLE_MS);
    this.timer.unref();
  }

  /** Takes one measurement of the lag. One late sample is a pause (a collection, a large body); two in a row are load. */
  observe(lagMs: number): void {
    this.lagMs = lagMs;
    this.lateSamples = lagMs > this.config.maxEventLoopLagMs ? this.lateSamples + 1 : 0;
  }

  /** Counts a request in, or says why it is not taken. Each admitted request is to be counted out by {@link release}. */
  admit(path: string): UnavailableError | null {
    const refusal = this.refusal();
    if (refusal !== null && !EXEMPT.test(path)) return refusal;
    this.inFlight += 1;
    return null;
  }

  release(): void {
    this.inFlight -= 1;
  }

  /** Requests in progress, streams included. */
  get load(): { inFlight: number; lagMs: number } {
    return { inFlight: this.inFlight, lagMs: this.lagMs };
  }

  /** From now on new requests are refused: the process is stopping. */
  close(): void {
    this.closing = true;
  }

  onApplicationShutdown(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private refusal(): UnavailableError | null {
    if (this.closing) return new UnavailableError('server_shutting_down', 'This server is stopping. Send the request again.');
    if (this.inFlight >= this.config.maxInFlight)
      return new UnavailableError('server_busy', 'Too many requests are in progress. Send the request again later.');
    if (this.lateSamples >= 2)
      return new UnavailableError('server_busy', 'This server is overloaded. Send the request again later.', { retryAfterSeconds: 2 });
    return null;
  }
}
