import { Injectable } from '@nestjs/common';
import { MembershipService, WorkspaceService } from '#features/workspaces';
import { Cache } from '#platform/bus';

const CACHE = 'workspace-standing';

/** What a workspace's state means for the keys of its apps. */
export type Standing = 'gone' | 'archived' | 'without-owner' | 'normal';

/** Whether the keys of a workspace may be used; cached, so a change takes effect within the lifetime of a cache entry. */
@Injectable()
export class WorkspaceStanding {
  constructor(
    private readonly workspaces: WorkspaceService,
    private readonly memberships: MembershipService,
    private readonly cache: Cache,
  ) {}

  of(tenantId: string): Promise<Standing> {
    return this.cache.get(CACHE, tenantId, async () => {
      const workspace = await this.workspaces.findById(tenantId);
      if (workspace === null) return 'gone';
      if (workspace.status === 'archive') return 'archived';
      return (await this.memberships.ownerIdOf(tenantId)) === null ? 'without-owner' : 'normal';
    });
  }
}
