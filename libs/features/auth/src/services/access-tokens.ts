import { Injectable } from '@nestjs/common';
import { UnauthorizedError } from '#common';
import { EditionConfig, SecurityConfig } from '#platform/config';
import { AppSecrets, TokenError } from '#platform/secrets';
import { isSameText } from './constant-time.js';

const SUBJECT = 'Console API Passport';

/** Access and CSRF tokens of console sessions: JWTs with the claims of the contract (console-accounts 2.2). */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly secrets: AppSecrets,
    private readonly config: SecurityConfig,
    private readonly edition: EditionConfig,
  ) {}

  /** How long both hold. Unit: seconds. */
  get lifetimeSeconds(): number {
    return this.config.accessTokenMinutes * 60;
  }

  /** A token that says who is signed in. */
  signAccess(accountId: string): Promise<string> {
    return this.secrets.signJwt(
      { user_id: accountId, iss: this.edition.edition, sub: SUBJECT },
      { expiresInSeconds: this.lifetimeSeconds },
    );
  }

  /** A token that the console repeats in a header. */
  signCsrf(accountId: string): Promise<string> {
    return this.secrets.signJwt({ sub: accountId }, { expiresInSeconds: this.lifetimeSeconds });
  }

  /** The account of an access token. Throws `TokenError` (401), also for tokens of web apps. */
  async accountIdOf(token: string): Promise<string> {
    const claims = await this.secrets.verifyJwt(token);
    const accountId = claims.user_id;
    if (claims.token_source || typeof accountId !== 'string' || accountId === '') throw TokenError.malformed();
    return accountId;
  }

  /** Throws 401 unless header and cookie hold the same CSRF token, made for this account. */
  async checkCsrf(accountId: string, header: string | undefined, cookie: string | undefined): Promise<void> {
    const holds = !!header && !!cookie && isSameText(header, cookie) && (await this.isCsrfOf(accountId, header));
    if (!holds) throw new UnauthorizedError('CSRF token is missing or invalid.');
  }

  private async isCsrfOf(accountId: string, token: string): Promise<boolean> {
    try {
      const claims = await this.secrets.verifyJwt(token);
      return claims.sub === accountId && claims.exp !== undefined;
    } catch (error) {
      if (error instanceof TokenError) return false;
      throw error;
    }
  }
}
