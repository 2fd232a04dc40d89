import { Get, Post } from '@nestjs/common';
import { NotFoundError } from '#common';
import { ConsoleAccess, ConsoleController } from '#platform/http';

/** What the hosted and the enterprise edition have and this one has not; the console asks for it all the same (contract console-accounts 7, 8). */
@ConsoleController('', { tag: 'system' })
@ConsoleAccess()
export class OtherEditionsConsoleController {
  /** Education plans of the hosted edition: always 404 here. */
  @Get(['account/education', 'account/education/verify', 'account/education/autocomplete'])
  education(): never {
    throw new NotFoundError('Education plans are part of the hosted edition only.');
  }

  /** Apply for an education plan of the hosted edition: always 404 here. */
  @Post('account/education')
  applyForEducation(): never {
    throw new NotFoundError('Education plans are part of the hosted edition only.');
  }

  /** Rules of the enterprise edition for the workspace: always 404 here. */
  @Get('workspaces/current/permission')
  permission(): never {
    throw new NotFoundError('Permissions of workspaces are part of the enterprise edition only.');
  }
}
