import { type Page, unixSeconds } from '#common';
import type { Workspace } from '../../workspace.js';

/** A workspace of the installation. */
export class InstalledWorkspaceResponse {
  /** Id of the workspace. @example 01935c1e-7b9a-7000-8000-000000000002 */
  id: string;
  /** Name of the workspace. @example "Ada's Workspace" */
  name: string;
  /** `normal`, or `archive` when it is out of use. @example normal */
  status: string;
  /** When it was made; Unix seconds. @example 1795422647 */
  created_at: number;
}

/** One page of the installation's workspaces. */
export class WorkspacePageResponse {
  /** The workspaces, newest first. */
  data: InstalledWorkspaceResponse[];
  /** Whether a later page has workspaces. */
  has_more: boolean;
  /** Workspaces asked for. @example 20 */
  limit: number;
  /** Number of this page, from 1. @example 1 */
  page: number;
  /** Workspaces on all pages. @example 1 */
  total: number;

  static from({ data, has_more, limit, page, total }: Page<Workspace>): WorkspacePageResponse {
    const workspaces = data.map(({ id, name, status, createdAt }) =>
      Object.assign(new InstalledWorkspaceResponse(), { id, name, status, created_at: unixSeconds(createdAt) }),
    );
    return Object.assign(new WorkspacePageResponse(), { data: workspaces, has_more, limit, page, total });
  }
}
