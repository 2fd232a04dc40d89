import { hostname } from 'node:os';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { uuidv7 } from '#common';
import { RunsConfig, ServerConfig } from '#platform/config';
import { ProcessInstanceRepository } from '../repositories/process-instance.repository.js';
import { RunRepository } from '../repositories/run.repository.js';
import { RunRegistry } from './run-registry.js';

const PERIOD_MS = 1000;

/**
 * Keeps this process alive in the eyes of the others. One whose heartbeat failed for longer than the lease may have lost its runs:
 * it reads their fences again before it goes on.
 */
@Injectable()
export class ProcessHeartbeat implements OnApplicationShutdown {
  /** This process, anew with each start. */
  readonly id = uuidv7();
  private readonly logger = new Logger(ProcessHeartbeat.name);
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | undefined;
  private lastBeatAt = Number.NEGATIVE_INFINITY;
  private steadySince = Number.POSITIVE_INFINITY;
  private readonly listeners: (() => Promise<void>)[] = [];

  constructor(
    private readonly instances: ProcessInstanceRepository,
    private readonly runs: RunRepository,
    private readonly registry: RunRegistry,
    private readonly config: RunsConfig,
    private readonly server: ServerConfig,
  ) {}

  /** Inserts the row of this process and begins to renew it. */
  async start(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => void this.tick(), PERIOD_MS);
    this.timer.unref();
  }

  /** Whether the heartbeat was renewed without a gap for one lease: only then may this process judge others dead. */
  get isSteady(): boolean {
    return performance.now() - this.steadySince >= this.leaseMs;
  }

  /** Calls a listener after every successful heartbeat. */
  onBeat(listener: () => Promise<void>): void {
    this.listeners.push(listener);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    await this.instances.remove(this.id).catch((error: unknown) => this.logger.warn({ msg: 'the row of this process stays behind', err: error }));
  }

  private async tick(): Promise<void> {
    if (this.beating) return;
    this.beating = this.beatAndListen().finally(() => (this.beating = undefined));
    await this.beating;
  }

  private async beatAndListen(): Promise<void> {
    try {
      await this.beat();
      for (const listener of this.listeners) await listener();
    } catch (error) {
      this.logger.warn({ msg: 'the heartbeat of this process failed', err: error });
    }
  }

  private async beat(): Promise<void> {
    const stops = await this.instances.beat({ id: this.id, role: this.server.role, host: hostname().slice(0, 255), pid: process.pid });
    const now = performance.now();
    if (now - this.lastBeatAt > this.leaseMs) {
      this.steadySince = now;
      await this.dropLostRuns();
    }
    this.lastBeatAt = performance.now();
    for (const runId of stops) this.registry.abort(runId, 'stopped');
  }

  /** Ends the runs that another process took while this one was silent. Those not yet in the ledger are nobody else's. */
  private async dropLostRuns(): Promise<void> {
    const ids = this.registry.ids();
    if (ids.length === 0) return;
    const fences = await this.runs.fencesOf(ids);
    for (const id of ids) {
      const fence = fences.get(id);
      if (fence !== undefined && fence !== this.registry.find(id)?.fence) this.registry.abort(id, 'fenced');
    }
  }

  private get leaseMs(): number {
    return this.config.leaseSeconds * 1000;
  }
}
