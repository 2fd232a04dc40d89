import { Module } from '@nestjs/common';
import { JobsModule } from '#platform/jobs';
import { purgeWorkspace } from './jobs/purge-workspace.job.js';
import { WorkspacePurge } from './registries/workspace-purge.js';
import { MembershipRepository } from './repositories/membership.repository.js';
import { TenantRepository } from './repositories/tenant.repository.js';
import { MembershipService } from './services/membership.service.js';
import { WorkspaceDeletionService } from './services/workspace-deletion.service.js';
import { WorkspaceService } from './services/workspace.service.js';

/** Workspaces and who belongs to them. */
@Module({
  imports: [JobsModule.forFeature({ jobs: [purgeWorkspace] })],
  providers: [TenantRepository, MembershipRepository, MembershipService, WorkspaceDeletionService, WorkspacePurge, WorkspaceService],
  exports: [WorkspaceService, WorkspaceDeletionService, WorkspacePurge, MembershipService],
})
export class WorkspacesModule {}
