import { Processor } from '@nestjs/bull';
import { type JobAttempt, type PayloadOf, ProcessJob } from '#platform/jobs';
import { WorkspaceDeletionService } from '../services/workspace-deletion.service.js';
import { purgeWorkspace } from './purge-workspace.job.js';

/** Removes what belonged to deleted workspaces. */
@Processor(purgeWorkspace.queue)
export class PurgeWorkspaceProcessor {
  constructor(private readonly deletion: WorkspaceDeletionService) {}

  @ProcessJob(purgeWorkspace)
  async purge({ data, signal }: JobAttempt<PayloadOf<typeof purgeWorkspace>>): Promise<void> {
    await this.deletion.finish(data.tenantId, signal);
  }
}
