import { Injectable, Logger } from '@nestjs/common';
import { DatabaseConfig, ServerConfig } from '#platform/config';
import { RunsConfig } from '#platform/config';
import { AppRunners } from '../app-runners.js';
import { RunRepository } from '../repositories/run.repository.js';
import type { LedgerRun } from '../run.js';
import { ProcessHeartbeat } from './process-heartbeat.js';

/** Adopts the runs of dead processes and lets their mode end or resume them (docs/architecture/life-of-a-run-through-a-crash.md). */
@Injectable()
export class RunTakeOver {
  private readonly logger = new Logger(RunTakeOver.name);

  constructor(
    private readonly heartbeat: ProcessHeartbeat,
    private readonly runs: RunRepository,
    private readonly runners: AppRunners,
    private readonly config: RunsConfig,
    private readonly database: DatabaseConfig,
    private readonly server: ServerConfig,
  ) {}

  /** Recovers at once what a dead process left on the embedded database, whose lock proves that nobody else lives; then looks with every heartbeat. */
  async start(): Promise<void> {
    if (!this.database.isExternal) await this.adopt(0);
    if (this.server.role === 'api') return;
    this.heartbeat.onBeat(async () => {
      if (this.heartbeat.isSteady) await this.adopt(this.config.leaseSeconds);
    });
  }

  private async adopt(leaseSeconds: number): Promise<void> {
    for (const run of await this.runs.takeOver(this.heartbeat.id, leaseSeconds)) await this.recover(run);
  }

  private async recover(run: LedgerRun): Promise<void> {
    const runner = this.runners.find(run.mode);
    try {
      if (!runner) throw new TypeError(`No runner for the mode ${run.mode}`);
      await runner.recover(run);
      this.logger.log({ msg: 'took over a run of a dead process', runId: run.id, tenantId: run.tenantId, fence: run.fence });
    } catch (error) {
      this.logger.error({ msg: 'a run of a dead process could not be recovered', runId: run.id, tenantId: run.tenantId, err: error });
    }
  }
}
