export { type MatrixRow, roleMatrix, rowOfRoute } from './role-matrix.js';
export type { MembershipView } from './repositories/membership.repository.js';
export { MembershipService, type NewMembership } from './services/membership.service.js';
export { type NewWorkspace, type PreparedWorkspace, WorkspaceService } from './services/workspace.service.js';
export type { Workspace } from './workspace.js';
export { workspacesEntities } from './workspaces.entities.js';
export { NotAMemberError, WorkspaceArchivedError, WorkspaceNotFoundError } from './workspaces.errors.js';
export { WorkspacesModule } from './workspaces.module.js';
export type { WorkspaceStatus } from './workspace-status.js';
