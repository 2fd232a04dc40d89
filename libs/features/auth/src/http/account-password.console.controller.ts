import { Body, Post, Req } from '@nestjs/common';
import { AccountResponse } from '#features/accounts';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, type HttpRequest, RequestOrigin } from '#platform/http';
import { SignedUrls } from '#platform/secrets';
import { PasswordChangeService } from '../services/password-change.service.js';
import { SessionCookies } from '../services/session-cookies.js';
import { ChangePasswordRequest } from './dto/change-password.request.js';

/** The password of one's own account (contract console-accounts 7); it ends sessions, so it stands here. */
@ConsoleController('account', { tag: 'account' })
@ConsoleAccess()
export class AccountPasswordConsoleController {
  constructor(
    private readonly passwords: PasswordChangeService,
    private readonly cookies: SessionCookies,
    private readonly urls: SignedUrls,
  ) {}

  /** Change the password; other sessions of the account end. */
  @Post('password')
  async change(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: ChangePasswordRequest,
    @Req() request: HttpRequest,
    @RequestOrigin() origin: string,
  ): Promise<AccountResponse> {
    const { refreshToken } = this.cookies.read(request.cookies);
    const change = { current: body.password ?? null, next: body.new_password, repeated: body.repeat_new_password, refreshToken };
    return AccountResponse.from(await this.passwords.change(me.accountId, change), this.urls, origin);
  }
}
