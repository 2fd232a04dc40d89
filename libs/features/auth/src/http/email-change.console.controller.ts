import { Body, Post } from '@nestjs/common';
import { AccountResponse } from '#features/accounts';
import {
  ClientIp,
  ConsoleAccess,
  ConsoleController,
  type ConsolePrincipal,
  CurrentConsole,
  Public,
  RequestOrigin,
  ResultResponse,
} from '#platform/http';
import { ApiErrors } from '#platform/openapi';
import { SignedUrls } from '#platform/secrets';
import { mailLanguageOf } from '../services/account-mails.js';
import { EmailChangeService } from '../services/email-change.service.js';
import { ChangeEmailRequest } from './dto/change-email.request.js';
import { EmailCodeRequest } from './dto/email-code.request.js';
import { FlowTokenResponse } from './dto/flow-token.response.js';
import { ResetEmailRequest } from './dto/reset-email.request.js';
import { UniqueEmailRequest } from './dto/unique-email.request.js';
import { VerifiedEmailResponse } from './dto/verified-email.response.js';

/** The mail address of one's own account (contract console-accounts 7). */
@ConsoleController('account/change-email', { tag: 'account' })
@ConsoleAccess()
export class EmailChangeConsoleController {
  constructor(
    private readonly emails: EmailChangeService,
    private readonly urls: SignedUrls,
  ) {}

  /** Send a code to the old mail address, or to the new one. */
  @Post()
  @ApiErrors(403, 429, 503)
  async send(@CurrentConsole() me: ConsolePrincipal, @Body() body: ChangeEmailRequest, @ClientIp() ip: string): Promise<FlowTokenResponse> {
    const { email, phase, token, language } = body;
    const request = { accountId: me.accountId, email, phase, token: token ?? undefined, language: mailLanguageOf(language), ip };
    return FlowTokenResponse.of(await this.emails.sendCode(request));
  }

  /** Give the code that was sent. */
  @Post('validity')
  @ApiErrors(403, 429)
  async verify(@CurrentConsole() me: ConsolePrincipal, @Body() body: EmailCodeRequest): Promise<VerifiedEmailResponse> {
    return VerifiedEmailResponse.from(await this.emails.verifyCode(me.accountId, body));
  }

  /** Change the mail address, once both codes were given. */
  @Post('reset')
  @ApiErrors(403)
  async change(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: ResetEmailRequest,
    @RequestOrigin() origin: string,
  ): Promise<AccountResponse> {
    return AccountResponse.from(await this.emails.change(me.accountId, body.new_email, body.token), this.urls, origin);
  }

  /** Tell whether a mail address is free; 400 when it is not. */
  @Post('check-email-unique')
  @Public({ setup: true })
  @ApiErrors(401, 429)
  async checkUnique(@Body() body: UniqueEmailRequest, @ClientIp() ip: string): Promise<ResultResponse> {
    await this.emails.checkUnique(body.email, ip);
    return ResultResponse.success();
  }
}
