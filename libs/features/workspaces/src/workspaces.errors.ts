import { ForbiddenError, NotFoundError, UnauthorizedError } from '#common';

/** 404 `workspace_not_found`. */
export class WorkspaceNotFoundError extends NotFoundError {
  constructor() {
    super('There is no such workspace.', 'workspace_not_found');
  }
}

/** 403 `account_not_link_tenant`: the account is no member of the workspace, or the workspace is archived. */
export class NotAMemberError extends ForbiddenError {
  constructor() {
    super('The account is no member of this workspace.', 'account_not_link_tenant');
  }
}

/** 401 `unauthorized`: the current workspace is archived and there is no other. */
export class WorkspaceArchivedError extends UnauthorizedError {
  constructor() {
    super('The workspace is archived and the account has no other.');
  }
}
