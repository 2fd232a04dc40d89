import type { WorkspaceStatus } from './workspace-status.js';

/** What others may know of a workspace. */
export interface Workspace {
  id: string;
  name: string;
  /** `basic`; kept for the wire. */
  plan: string;
  status: WorkspaceStatus;
  /** JSON text; null when nothing is set. */
  customConfig: string | null;
  createdAt: Date;
}
