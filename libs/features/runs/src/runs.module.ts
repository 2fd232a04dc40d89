import { Module, type OnModuleInit } from '@nestjs/common';
import { WorkspacePurge, WorkspacesModule } from '#features/workspaces';
import { TenantRows } from '#platform/database';
import { JobsModule } from '#platform/jobs';
import { AppRunners } from './app-runners.js';
import { purgeIdempotencyKeys, purgeIdempotencyKeysHourly } from './jobs/purge-idempotency-keys.job.js';
import { ProcessInstanceRepository } from './repositories/process-instance.repository.js';
import { RunIdempotencyRepository } from './repositories/run-idempotency.repository.js';
import { RunOwnershipRepository } from './repositories/run-ownership.repository.js';
import { RunRepository } from './repositories/run.repository.js';
import { runsEntities } from './runs.entities.js';
import { ProcessHeartbeat } from './services/process-heartbeat.js';
import { RunFollower } from './services/run-follower.js';
import { RunIdempotency } from './services/run-idempotency.js';
import { RunRegistry } from './services/run-registry.js';
import { RunResponder } from './services/run-responder.js';
import { RunStarts } from './services/run-starts.js';
import { RunStopper } from './services/run-stopper.js';
import { RunTakeOver } from './services/run-take-over.js';
import { RunsService } from './services/runs.service.js';
import { SingleProcessCheck } from './services/single-process-check.js';

/** Executing, stopping, following and recovering runs of every mode. */
@Module({
  imports: [WorkspacesModule, JobsModule.forFeature({ jobs: [purgeIdempotencyKeys], schedules: [purgeIdempotencyKeysHourly] })],
  providers: [
    AppRunners,
    ProcessHeartbeat,
    ProcessInstanceRepository,
    RunFollower,
    RunIdempotency,
    RunIdempotencyRepository,
    RunOwnershipRepository,
    RunRegistry,
    RunRepository,
    RunResponder,
    RunStarts,
    RunStopper,
    RunTakeOver,
    RunsService,
    SingleProcessCheck,
  ],
  exports: [AppRunners, ProcessHeartbeat, RunFollower, RunIdempotency, RunRegistry, RunResponder, RunStarts, RunStopper, RunsService],
})
export class RunsModule implements OnModuleInit {
  constructor(
    private readonly workspacePurge: WorkspacePurge,
    private readonly rows: TenantRows,
  ) {}

  onModuleInit(): void {
    this.workspacePurge.register('runs', (tenantId, signal) => this.rows.remove(runsEntities, tenantId, signal));
  }
}
