import { Body, Get, Post } from '@nestjs/common';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, RequestOrigin, ResultResponse } from '#platform/http';
import { SignedUrls } from '#platform/secrets';
import { AccountService, type ProfileChanges } from '../services/account.service.js';
import { AccountResponse } from './dto/account.response.js';
import { ChangeAvatarRequest } from './dto/change-avatar.request.js';
import { ChangeInterfaceLanguageRequest } from './dto/change-interface-language.request.js';
import { ChangeInterfaceThemeRequest } from './dto/change-interface-theme.request.js';
import { ChangeNameRequest } from './dto/change-name.request.js';
import { ChangeTimezoneRequest } from './dto/change-timezone.request.js';
import { InitializeAccountRequest } from './dto/initialize-account.request.js';

/** A member's own account (contract console-accounts 7). */
@ConsoleController('account')
@ConsoleAccess()
export class AccountConsoleController {
  constructor(
    private readonly accounts: AccountService,
    private readonly urls: SignedUrls,
  ) {}

  /** Complete an account that has a password and no profile yet. */
  @Post('init')
  @ConsoleAccess({ init: false })
  async initialize(@CurrentConsole() me: ConsolePrincipal, @Body() body: InitializeAccountRequest): Promise<ResultResponse> {
    await this.accounts.initialize(me.accountId, { interfaceLanguage: body.interface_language, timezone: body.timezone });
    return ResultResponse.success();
  }

  /** Get the signed-in account. */
  @Get('profile')
  async profile(@CurrentConsole() me: ConsolePrincipal, @RequestOrigin() origin: string): Promise<AccountResponse> {
    return AccountResponse.from(await this.accounts.getById(me.accountId), this.urls, origin);
  }

  /** Change the name. */
  @Post('name')
  changeName(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: ChangeNameRequest,
    @RequestOrigin() origin: string,
  ): Promise<AccountResponse> {
    return this.change(me, { name: body.name }, origin);
  }

  /** Change the picture. */
  @Post('avatar')
  changeAvatar(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: ChangeAvatarRequest,
    @RequestOrigin() origin: string,
  ): Promise<AccountResponse> {
    return this.change(me, { avatar: body.avatar }, origin);
  }

  /** Change the language of the interface. */
  @Post('interface-language')
  changeLanguage(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: ChangeInterfaceLanguageRequest,
    @RequestOrigin() origin: string,
  ): Promise<AccountResponse> {
    return this.change(me, { interfaceLanguage: body.interface_language }, origin);
  }

  /** Change the colours of the interface. */
  @Post('interface-theme')
  changeTheme(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: ChangeInterfaceThemeRequest,
    @RequestOrigin() origin: string,
  ): Promise<AccountResponse> {
    return this.change(me, { interfaceTheme: body.interface_theme }, origin);
  }

  /** Change the time zone. */
  @Post('timezone')
  changeTimezone(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: ChangeTimezoneRequest,
    @RequestOrigin() origin: string,
  ): Promise<AccountResponse> {
    return this.change(me, { timezone: body.timezone }, origin);
  }

  private async change(me: ConsolePrincipal, changes: ProfileChanges, origin: string): Promise<AccountResponse> {
    return AccountResponse.from(await this.accounts.changeProfile(me.accountId, changes), this.urls, origin);
  }
}
