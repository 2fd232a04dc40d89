import { Body, Post, Req, Res } from '@nestjs/common';
import {
  ClientIp,
  ConsoleAccess,
  ConsoleController,
  type ConsolePrincipal,
  CurrentConsole,
  type HttpReply,
  type HttpRequest,
  Public,
  ResultResponse,
} from '#platform/http';
import { AuthenticationFailedError } from '../auth.errors.js';
import { SessionCookies } from '../services/session-cookies.js';
import { SessionService } from '../services/session.service.js';
import { decodeBase64Text } from './decode-base64-text.js';
import { LoginRequest } from './dto/login.request.js';
import { LoginResponse } from './dto/login.response.js';

/** Sign-in and sign-out (contract console-accounts 4). */
@ConsoleController('', { tag: 'session' })
export class SessionConsoleController {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: SessionCookies,
  ) {}

  /** Sign in with a password. */
  @Post('login')
  @Public({ setup: true })
  async login(@Body() body: LoginRequest, @ClientIp() ip: string, @Res({ passthrough: true }) reply: HttpReply): Promise<LoginResponse> {
    const password = decodeBase64Text(body.password);
    if (password === null) throw new AuthenticationFailedError('Invalid encrypted data');
    const tokens = await this.sessions.signIn({ email: body.email, password, ip });
    if (!tokens) return LoginResponse.withoutWorkspace();
    this.cookies.set(reply, tokens);
    return LoginResponse.success();
  }

  /** Sign out. */
  @Post('logout')
  @ConsoleAccess({ csrf: false, init: false })
  async logout(
    @CurrentConsole() me: ConsolePrincipal,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<ResultResponse> {
    await this.sessions.signOut(me.accountId, this.cookies.read(request.cookies).refreshToken);
    this.cookies.clear(reply);
    return ResultResponse.success();
  }

  /** Get new tokens for a session. */
  @Post('refresh-token')
  @Public()
  async refresh(@Req() request: HttpRequest, @Res({ passthrough: true }) reply: HttpReply): Promise<ResultResponse> {
    this.cookies.set(reply, await this.sessions.refresh(this.cookies.read(request.cookies).refreshToken));
    return ResultResponse.success();
  }
}
