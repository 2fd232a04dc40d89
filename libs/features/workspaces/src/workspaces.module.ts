import { Module } from '@nestjs/common';
import { MembershipRepository } from './repositories/membership.repository.js';
import { TenantRepository } from './repositories/tenant.repository.js';
import { MembershipService } from './services/membership.service.js';
import { WorkspaceService } from './services/workspace.service.js';

/** Workspaces and who belongs to them. */
@Module({
  providers: [TenantRepository, MembershipRepository, MembershipService, WorkspaceService],
  exports: [WorkspaceService, MembershipService],
})
export class WorkspacesModule {}
