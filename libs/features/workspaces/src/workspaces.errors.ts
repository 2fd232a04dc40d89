import { ForbiddenError, NotFoundError, UnauthorizedError, UserError } from '#common';

/** 404 `workspace_not_found`. */
export class WorkspaceNotFoundError extends NotFoundError {
  constructor() {
    super('There is no such workspace.', 'workspace_not_found');
  }
}

/** 400 `workspace_of_the_system`: the demo workspace can't be deleted. */
export class WorkspaceOfTheSystemError extends UserError {
  constructor() {
    super({
      code: 'workspace_of_the_system',
      status: 400,
      message: "The demo workspace belongs to the system and can't be deleted. Start with DEMO=false to do without it.",
    });
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
