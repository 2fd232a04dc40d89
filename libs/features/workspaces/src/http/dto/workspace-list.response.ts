import { unixSeconds } from '#common';
import type { MembershipView } from '../../repositories/membership.repository.js';

/** One of the caller's workspaces. */
export class WorkspaceListItemResponse {
  /** Id of the workspace. @example 01935c1e-7b9a-7000-8000-000000000002 */
  id: string;
  /** Name of the workspace. @example "Ada's Workspace" */
  name: string;
  /** Kept for clients; there are no plans. @example sandbox */
  plan: string;
  /** Always `normal`; archived ones are left out. @example normal */
  status: string;
  /** When it was made; Unix seconds. @example 1795422647 */
  created_at: number;
  /** Whether the caller works in it. @example true */
  current: boolean;
}

/** The caller's workspaces. */
export class WorkspaceListResponse {
  /** Workspaces that are not archived, oldest membership first. */
  workspaces: WorkspaceListItemResponse[];

  static from(memberships: readonly MembershipView[]): WorkspaceListResponse {
    const workspaces = memberships.map(({ id, name, status, createdAt, current }) =>
      Object.assign(new WorkspaceListItemResponse(), { id, name, plan: 'sandbox', status, created_at: unixSeconds(createdAt), current }),
    );
    return Object.assign(new WorkspaceListResponse(), { workspaces });
  }
}
