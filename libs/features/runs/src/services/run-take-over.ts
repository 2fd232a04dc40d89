import { Injectable, Logger } from '@nestjs/common';
import { requestContext } from '#platform/telemetry';
import { RedisConfig, RunsConfig, ServerConfig } from '#platform/config';
import { AppRunners } from '../app-runners.js';
import { RunOwnershipRepository } from '../repositories/run-ownership.repository.js';
import type { LedgerRun } from '../run.js';
import { ProcessHeartbeat } from './process-heartbeat.js';
import { RunRegistry } from './run-registry.js';

/** Recoveries under way at a time in this process. */
const MOST_RECOVERIES = 20;
/** A run that breaks every process that adopts it is not adopted for ever. */
const MOST_TAKE_OVERS = 10;
/** Every so many heartbeats the ledger is compared with what this process executes. */
const BEATS_BETWEEN_SWEEPS = 10;

/** Adopts the runs of dead processes and lets their mode end or resume them (docs/architecture/life-of-a-run-through-a-crash.md). */
@Injectable()
export class RunTakeOver {
  private readonly logger = new Logger(RunTakeOver.name);
  private readonly recovering = new Set<string>();
  private isLooking = false;
  private isAlone = false;
  private beats = 0;
  private strays = new Set<string>();

  constructor(
    private readonly heartbeat: ProcessHeartbeat,
    private readonly ownership: RunOwnershipRepository,
    private readonly registry: RunRegistry,
    private readonly runners: AppRunners,
    private readonly config: RunsConfig,
    private readonly redis: RedisConfig,
    private readonly server: ServerConfig,
  ) {}

  /**
   * Looks with every heartbeat. Without Redis there is one process at a time (the lock of the embedded database or the
   * check at start proves it), so it adopts at once whatever the one before left.
   */
  start(): void {
    this.isAlone = !this.redis.isConfigured;
    this.heartbeat.onBeat((isSteady) => this.look(isSteady));
    if (this.isAlone) this.look(false);
  }

  private look(isSteady: boolean): void {
    if (this.isLooking) return;
    this.isLooking = true;
    this.beats += 1;
    this.adopt(isSteady)
      .catch((error: unknown) => this.logger.warn({ msg: 'looking for runs of dead processes failed', err: error }))
      .finally(() => (this.isLooking = false));
  }

  private async adopt(isSteady: boolean): Promise<void> {
    if (this.beats % BEATS_BETWEEN_SWEEPS === 0) await this.sweep();
    if (this.server.role === 'api') return;
    const room = MOST_RECOVERIES - this.recovering.size;
    if (room <= 0) return;
    if (this.isAlone) {
      const runs = await this.ownership.takeOverAll(this.heartbeat.id, room);
      // Nothing left, and nobody who could leave more.
      this.isAlone = runs.length > 0;
      this.recoverAll(runs);
    } else if (isSteady) this.recoverAll(await this.ownership.takeOverOfDead(this.heartbeat.id, this.config.leaseSeconds, room));
  }

  /**
   * Finds runs that the ledger gives to this process and that it does not execute: their last write failed for good, or the
   * start that was given up during an outage was committed after all. Seen twice in a row, they are recovered.
   */
  private async sweep(): Promise<void> {
    const idle = (await this.ownership.listOwned(this.heartbeat.id)).filter((id) => !this.registry.find(id) && !this.recovering.has(id));
    const twice = idle.filter((id) => this.strays.has(id));
    this.strays = new Set(idle);
    if (twice.length > 0) this.recoverAll(await this.ownership.takeOverOwn(this.heartbeat.id, twice, MOST_RECOVERIES));
  }

  private recoverAll(runs: readonly LedgerRun[]): void {
    for (const run of runs) void requestContext.run({ tenantId: run.tenantId, runId: run.id }, () => this.recover(run));
  }

  private async recover(run: LedgerRun): Promise<void> {
    const about = { runId: run.id, tenantId: run.tenantId, fence: run.fence };
    this.recovering.add(run.id);
    try {
      const runner = this.runners.find(run.mode);
      if (runner && run.fence <= MOST_TAKE_OVERS) await runner.recover(run);
      else
        await this.ownership.finishBare(run, runner ? 'The run could not be recovered.' : `Nothing executes apps of the mode ${run.mode}.`);
      this.logger.log({ msg: 'took over a run', ...about });
    } catch (error) {
      this.logger.error({ msg: 'a run could not be recovered', ...about, err: error });
    } finally {
      this.recovering.delete(run.id);
    }
  }
}
