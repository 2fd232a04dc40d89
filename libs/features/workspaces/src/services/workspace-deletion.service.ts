import { Injectable } from '@nestjs/common';
import { CacheConfig } from '#platform/config';
import { TenantRows, Transactions } from '#platform/database';
import { Jobs } from '#platform/jobs';
import { WorkspaceSecrets } from '#platform/secrets';
import { purgeWorkspace } from '../jobs/purge-workspace.job.js';
import { WorkspacePurge } from '../registries/workspace-purge.js';
import { MembershipRepository } from '../repositories/membership.repository.js';
import { TenantRepository } from '../repositories/tenant.repository.js';
import type { Workspace } from '../workspace.js';
import { WorkspaceNotFoundError, WorkspaceOfTheSystemError } from '../workspaces.errors.js';
import { workspacesEntities } from '../workspaces.entities.js';

/** Removes workspaces: out of everybody's sight at once, with all they hold by a job. */
@Injectable()
export class WorkspaceDeletionService {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly memberships: MembershipRepository,
    private readonly features: WorkspacePurge,
    private readonly secrets: WorkspaceSecrets,
    private readonly transactions: Transactions,
    private readonly rows: TenantRows,
    private readonly jobs: Jobs,
    private readonly cache: CacheConfig,
  ) {}

  /**
   * Archives a workspace, takes all members out and leaves the rest to the job, which waits until nobody holds an entry of the
   * workspace in a cache. May be called again for one whose job died. Throws `WorkspaceNotFoundError` (404), `WorkspaceOfTheSystemError` (400).
   */
  async delete(tenantId: string): Promise<Workspace> {
    return this.transactions.run(async (tx) => {
      const workspace = await this.tenants.findById(tenantId, tx);
      if (!workspace) throw new WorkspaceNotFoundError();
      if (workspace.isSystem) throw new WorkspaceOfTheSystemError();
      await this.tenants.archive(tenantId, tx);
      await this.memberships.deleteAll(tenantId, tx);
      await this.jobs.enqueue(purgeWorkspace, { tenantId }, { tx, delayMs: this.cache.ttlSeconds * 2000 });
      return workspace;
    });
  }

  /** Removes all that a deleted workspace left: rows and files, its private key, then its own row. Leaves one alone that is in use. */
  async finish(tenantId: string, signal: AbortSignal): Promise<void> {
    const workspace = await this.tenants.findById(tenantId);
    if (workspace?.status === 'normal') return;
    await this.features.purge(tenantId, signal);
    await this.rows.remove(workspacesEntities, tenantId, signal);
    await this.secrets.forget(tenantId);
    await this.tenants.delete(tenantId);
  }
}
