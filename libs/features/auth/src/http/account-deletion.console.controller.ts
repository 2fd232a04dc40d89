import { Body, Get, Post, Res } from '@nestjs/common';
import {
  ConsoleAccess,
  ConsoleController,
  type ConsolePrincipal,
  CurrentConsole,
  type HttpReply,
  Public,
  ResultResponse,
} from '#platform/http';
import { ApiErrors } from '#platform/openapi';
import { AccountDeletionService } from '../services/account-deletion.service.js';
import { SessionCookies } from '../services/session-cookies.js';
import { AccountDeletionFeedbackRequest } from './dto/account-deletion-feedback.request.js';
import { DeleteAccountRequest } from './dto/delete-account.request.js';
import { FlowTokenResponse } from './dto/flow-token.response.js';

/** The end of one's own account (contract console-accounts 7). */
@ConsoleController('account/delete', { tag: 'account' })
@ConsoleAccess()
export class AccountDeletionConsoleController {
  constructor(
    private readonly deletion: AccountDeletionService,
    private readonly cookies: SessionCookies,
  ) {}

  /** Send a code that confirms the deletion of the account. */
  @Get('verify')
  @ApiErrors(429, 503)
  async sendCode(@CurrentConsole() me: ConsolePrincipal): Promise<FlowTokenResponse> {
    return FlowTokenResponse.of(await this.deletion.sendCode(me.accountId));
  }

  /**
   * Delete the account and the workspaces that it alone belongs to.
   * @remarks A workspace with other members passes to the next in rank.
   */
  @Post()
  async delete(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: DeleteAccountRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<ResultResponse> {
    await this.deletion.delete(me.accountId, body);
    this.cookies.clear(reply);
    return ResultResponse.success();
  }

  /** Say why one left. It is taken and dropped: there is nobody here to read it. */
  @Post('feedback')
  @Public({ setup: true })
  @ApiErrors(401)
  feedback(@Body() _body: AccountDeletionFeedbackRequest): ResultResponse {
    return ResultResponse.success();
  }
}
