import { Injectable } from '@nestjs/common';
import { SecurityConfig, ServerConfig } from '#platform/config';
import type { HttpReply } from '#platform/http';
import type { SessionTokens } from './session.service.js';

const DAY_SECONDS = 86_400;

/** What a request's cookies say of its session. */
export interface CookieSession {
  accessToken: string | undefined;
  refreshToken: string | undefined;
  csrfToken: string | undefined;
}

/** The three cookies of a console session; the console finds them by the same rule (contract console-accounts 2.3). */
@Injectable()
export class SessionCookies {
  private readonly secure: boolean;
  private readonly domain: string;

  constructor(
    private readonly config: SecurityConfig,
    server: ServerConfig,
  ) {
    this.secure = server.consoleWebUrl.startsWith('https') && server.consoleApiUrl.startsWith('https');
    this.domain = config.cookieDomain.replace(/^\./, '');
  }

  /** Tokens that came along. */
  read(cookies: Readonly<Record<string, string | undefined>>): CookieSession {
    return {
      accessToken: cookies[this.nameOf('access_token')],
      refreshToken: cookies[this.nameOf('refresh_token')],
      csrfToken: cookies[this.nameOf('csrf_token')],
    };
  }

  /** Hands the tokens of a session out. */
  set(reply: HttpReply, tokens: SessionTokens): void {
    const accessSeconds = this.config.accessTokenMinutes * 60;
    this.setOne(reply, 'access_token', tokens.accessToken, accessSeconds);
    this.setOne(reply, 'refresh_token', tokens.refreshToken, this.config.refreshTokenDays * DAY_SECONDS);
    this.setOne(reply, 'csrf_token', tokens.csrfToken, accessSeconds, false);
  }

  /** Hands out a cookie of one's own for a while, such as that of the init password. */
  setOne(reply: HttpReply, name: string, value: string, maxAge: number, httpOnly = true): void {
    void reply.setCookie(this.nameOf(name), value, { ...this.attributes(httpOnly), maxAge, expires: new Date(Date.now() + maxAge * 1000) });
  }

  /** Takes the tokens back. */
  clear(reply: HttpReply): void {
    for (const name of ['access_token', 'refresh_token', 'csrf_token']) {
      void reply.setCookie(this.nameOf(name), '', { ...this.attributes(name !== 'csrf_token'), expires: new Date(0) });
    }
  }

  /** The name under which a cookie is sent. */
  nameOf(name: string): string {
    return this.secure && this.domain === '' ? `__Host-${name}` : name;
  }

  private attributes(httpOnly: boolean): { path: string; sameSite: 'lax'; httpOnly: boolean; secure: boolean; domain?: string } {
    return { path: '/', sameSite: 'lax', httpOnly, secure: this.secure, ...(this.domain === '' ? {} : { domain: this.domain }) };
  }
}
