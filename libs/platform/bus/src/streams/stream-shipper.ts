import { Logger } from '@nestjs/common';
import type { RunStreamConfig } from '#platform/config';
import type { RedisConnections } from '../redis/redis-connections.js';
import type { LogCarrier, RunLog } from './run-log.js';
import { positionOf, Shipment } from './shipment.js';
import { type Parcel, SHIP, shipArguments } from './stream-script.js';

/** Runs whose streams could not be stored whole and still have to be marked so. */
const MOST_BROKEN = 10_000;
const RETRY_MS = 500;
/** Most bytes one flush carries; the rest follows in the next. */
const FLUSH_BYTES = 4 * 1024 * 1024;
/** Most streams one flush carries. */
const FLUSH_STREAMS = 1000;

/** Names of a run in Redis. */
export interface StreamNames {
  stream(runId: string): string;
  channel(runId: string): string;
}

/**
 * Carries new frames of all streams of this process to Redis, many runs in one round trip. It reads the memory of the runs like
 * any reader: an outage delays it, and a stream it falls too far behind with is marked broken. The runs never notice.
 */
export class StreamShipper {
  private readonly logger = new Logger('RunStreams');
  /** Those with something to send, in the order in which they got it. */
  private readonly waiting: Shipment[] = [];
  private readonly broken = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  /** When the next flush has to begin; on the clock of `performance.now()`. */
  private dueAt = Number.POSITIVE_INFINITY;
  private flushing: Promise<void> | null = null;
  private isFailing = false;
  private isClosed = false;

  constructor(
    private readonly connections: RedisConnections,
    private readonly names: StreamNames,
    private readonly config: RunStreamConfig,
  ) {}

  /** Begins to carry a stream. A take-over is told at once: from then on Redis refuses what the former owner still sends. */
  carry(log: RunLog, stored: () => void): LogCarrier {
    const shipment = new Shipment(
      log,
      { stream: this.names.stream(log.runId), channel: this.names.channel(log.runId) },
      this.config,
      stored,
    );
    if (log.fence > 1) this.sendWithin(shipment, 0);
    return {
      pushed: () => this.pushed(shipment),
      ended: () => this.sendWithin(shipment, this.config.flushMs),
      // What is not in Redis by now won't be.
      dropped: () => {
        if (!shipment.isOver) this.giveUp(shipment);
      },
    };
  }

  /** Sends what is left, once. */
  async close(): Promise<void> {
    await this.flushing;
    clearTimeout(this.timer);
    this.isClosed = true;
    await this.flush();
  }

  private pushed(shipment: Shipment): void {
    if (shipment.isOver) return;
    if (shipment.lagBytes > this.config.maxLagBytes) this.giveUp(shipment);
    else this.sendWithin(shipment, shipment.lagFrames >= this.config.flushFrames ? 0 : this.config.flushMs);
  }

  private sendWithin(shipment: Shipment, delayMs: number): void {
    this.enqueue(shipment);
    this.schedule(delayMs);
  }

  private enqueue(shipment: Shipment): void {
    if (shipment.isWaiting) return;
    shipment.isWaiting = true;
    this.waiting.push(shipment);
  }

  /** What came first waits for others no longer than this. */
  private schedule(delayMs: number): void {
    this.dueAt = Math.min(this.dueAt, performance.now() + delayMs);
    if (this.isClosed || this.flushing !== null || this.isFailing) return;
    if (delayMs === 0) this.begin();
    else this.timer ??= setTimeout(() => this.begin(), delayMs);
  }

  private begin(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.dueAt = Number.POSITIVE_INFINITY;
    this.flushing = this.flush().finally(() => {
      this.flushing = null;
      if (this.isClosed || (this.waiting.length === 0 && this.broken.size === 0)) return;
      const wait = this.dueAt === Number.POSITIVE_INFINITY ? 1 : Math.max(1, this.dueAt - performance.now());
      this.timer ??= setTimeout(() => this.begin(), this.isFailing ? RETRY_MS : wait);
    });
  }

  private async flush(): Promise<void> {
    const taken: Shipment[] = [];
    const marked = [...this.broken];
    try {
      const parcels = [...this.take(taken), ...marked.map(([runId, id]) => this.mark(runId, id))];
      if (parcels.length > 0) await this.ship(parcels, taken);
      for (const [runId] of marked) this.broken.delete(runId);
      if (this.isFailing) this.logger.log('run streams reach redis again');
      this.isFailing = false;
    } catch (error) {
      this.connections.translate(error);
      for (const shipment of taken) {
        shipment.isUncertain = true;
        if (!shipment.isOver) this.enqueue(shipment);
      }
      if (!this.isFailing) this.logger.warn('run streams do not reach redis; readers in other processes wait', { error });
      this.isFailing = true;
    }
  }

  private async ship(parcels: readonly Parcel[], taken: readonly Shipment[]): Promise<void> {
    const { keys, values } = shipArguments(parcels);
    const answers = (await this.connections.run((redis) => redis.eval(SHIP, keys.length, ...keys, ...values))) as string[];
    await this.settle(taken, answers);
  }

  /** Packs what waits, up to the size of one flush. */
  private take(taken: Shipment[]): Parcel[] {
    const parcels: Parcel[] = [];
    let bytes = 0;
    let seen = 0;
    for (const shipment of this.waiting) {
      if (bytes >= FLUSH_BYTES || taken.length === FLUSH_STREAMS) break;
      seen += 1;
      shipment.isWaiting = false;
      if (shipment.isOver) continue;
      parcels.push(shipment.pack());
      bytes += shipment.parcelBytes;
      taken.push(shipment);
    }
    this.waiting.splice(0, seen);
    return parcels;
  }

  private async settle(taken: readonly Shipment[], answers: readonly string[]): Promise<void> {
    for (const [index, shipment] of taken.entries()) {
      const refused = answers[index] ?? '';
      if (refused === '') shipment.arrived();
      else await this.recover(shipment, refused);
      if (!shipment.isOver && shipment.hasMore) this.enqueue(shipment);
    }
  }

  /** An id was refused as too small: either an earlier flush arrived although its answer did not, or another owner took over. */
  private async recover(shipment: Shipment, refused: string): Promise<void> {
    const newest = await this.connections.run((redis) => redis.xrevrange(shipment.key, '+', '-', 'COUNT', 1));
    const top = newest[0] === undefined ? undefined : positionOf(newest[0][0]);
    if (shipment.isUncertain && top !== undefined && top.fence <= shipment.log.fence) {
      shipment.resumeAfter(top);
      return;
    }
    shipment.isOver = true;
    if (top === undefined || top.fence <= shipment.log.fence)
      this.logger.error('redis refused frames of a run', { runId: shipment.log.runId, error: refused });
  }

  private giveUp(shipment: Shipment): void {
    shipment.isOver = true;
    this.broken.set(shipment.log.runId, `${String(shipment.log.fence)}-${String(shipment.log.lastN + 1)}`);
    for (const runId of this.broken.keys()) {
      if (this.broken.size <= MOST_BROKEN) break;
      this.broken.delete(runId);
    }
  }

  private mark(runId: string, id: string): Parcel {
    const expires = this.config.redisTtlSeconds;
    return { key: this.names.stream(runId), channel: this.names.channel(runId), expires, keepFrom: null, entries: [[id, 'x', '']] };
  }
}
