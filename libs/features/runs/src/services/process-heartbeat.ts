import { hostname } from 'node:os';
import { Injectable, Logger } from '@nestjs/common';
import { uuidv7 } from '#common';
import { RunsConfig, ServerConfig } from '#platform/config';
import { ProcessInstanceRepository } from '../repositories/process-instance.repository.js';
import { RunOwnershipRepository } from '../repositories/run-ownership.repository.js';
import { RunRegistry } from './run-registry.js';

const PERIOD_MS = 1000;

/**
 * Keeps this process alive in the eyes of the others. One whose heartbeat failed for longer than the lease may have lost its runs:
 * it reads their fences again before it goes on.
 */
@Injectable()
export class ProcessHeartbeat {
  /** This process, anew with each start. */
  readonly id = uuidv7();
  /** Name of the machine, as others see it. */
  readonly host = hostname().slice(0, 255);
  private readonly logger = new Logger(ProcessHeartbeat.name);
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | undefined;
  private lastBeatAt = Number.NEGATIVE_INFINITY;
  private isFailing = false;
  private readonly listeners: ((isSteady: boolean) => void)[] = [];

  constructor(
    private readonly instances: ProcessInstanceRepository,
    private readonly ownership: RunOwnershipRepository,
    private readonly registry: RunRegistry,
    private readonly config: RunsConfig,
    private readonly server: ServerConfig,
  ) {}

  /** Inserts the row of this process and begins to renew it. */
  async start(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => {
      this.beating ??= this.tryToBeat().finally(() => (this.beating = undefined));
    }, PERIOD_MS);
    this.timer.unref();
  }

  /**
   * Calls a listener after every successful heartbeat, with whether they came without a gap for one lease: only then may this
   * process judge others dead. What a listener starts must not hold up the next heartbeat.
   */
  onBeat(listener: (isSteady: boolean) => void): void {
    this.listeners.push(listener);
  }

  /** Takes this process out: what it still owns may be taken over at once. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    await this.instances
      .remove(this.id)
      .catch((error: unknown) => this.logger.warn({ msg: 'the row of this process stays behind', err: error }));
  }

  private async tryToBeat(): Promise<void> {
    try {
      const isSteady = await this.beat();
      if (this.isFailing) this.logger.log({ msg: 'the heartbeat of this process works again' });
      this.isFailing = false;
      for (const listener of this.listeners) listener(isSteady);
    } catch (error) {
      if (!this.isFailing) this.logger.warn({ msg: 'the heartbeat of this process fails', err: error });
      this.isFailing = true;
    }
  }

  private async beat(): Promise<boolean> {
    const sentAt = performance.now();
    const { stops, isSteady } = await this.instances.beat(
      { id: this.id, role: this.server.role, host: this.host, pid: process.pid },
      this.config.leaseSeconds,
    );
    // The database renewed the lease when it got the statement, which may be any time since it was sent.
    if (performance.now() - this.lastBeatAt > this.config.leaseSeconds * 1000) await this.dropLostRuns();
    this.lastBeatAt = sentAt;
    for (const runId of stops) this.registry.abort(runId, 'stopped');
    return isSteady;
  }

  /** Ends the runs that another process took while this one was silent. Those not yet in the ledger are nobody else's. */
  private async dropLostRuns(): Promise<void> {
    const ids = this.registry.ids();
    if (ids.length === 0) return;
    const fences = await this.ownership.fencesOf(ids);
    for (const id of ids) {
      const fence = fences.get(id);
      if (fence !== undefined && fence !== this.registry.find(id)?.fence) this.registry.abort(id, 'fenced');
    }
  }
}
