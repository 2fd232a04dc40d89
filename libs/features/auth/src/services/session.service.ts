import { Injectable } from '@nestjs/common';
import { type Account, AccountPasswords, AccountService } from '#features/accounts';
import { MembershipService } from '#features/workspaces';
import { EditionConfig } from '#platform/config';
import { AccountBannedError, AuthenticationFailedError, PasswordSignInDisabledError, RefreshFailedError } from '../auth.errors.js';
import { AccessTokens } from './access-tokens.js';
import { PasswordThrottle } from './password-throttle.js';
import { RefreshTokens } from './refresh-tokens.js';

/** What a signed-in client holds. */
export interface SessionTokens {
  accessToken: string;
  refreshToken: string;
  csrfToken: string;
}

/** Who signs in, from where. */
export interface SignIn {
  email: string;
  password: string;
  ip: string;
}

/** Whether an account may hold a session. */
export const isLocked = (account: Account): boolean => account.status === 'banned' || account.status === 'closed';

/** Sign-in, refresh and sign-out of the console (contract console-accounts 4). */
@Injectable()
export class SessionService {
  constructor(
    private readonly accounts: AccountService,
    private readonly passwords: AccountPasswords,
    private readonly memberships: MembershipService,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly throttle: PasswordThrottle,
    private readonly edition: EditionConfig,
  ) {}

  /**
   * Checks address and password; null when the account belongs to no workspace. Unknown addresses, wrong passwords and accounts
   * without one get the same answer after the same work. Throws `AuthenticationFailedError` (401), `TooManyPasswordsError` (429),
   * `AccountBannedError` (400), `PasswordSignInDisabledError` (403).
   */
  async signIn({ email, password, ip }: SignIn): Promise<SessionTokens | null> {
    if (!this.edition.emailPasswordLogin) throw new PasswordSignInDisabledError();
    await this.throttle.admit(email);
    const account = await this.accounts.findByEmail(email);
    const isRight = await this.passwords.check(account, password);
    if (!account || !isRight) throw new AuthenticationFailedError();
    if (isLocked(account)) throw new AccountBannedError();
    await this.throttle.forget(email);
    if ((await this.memberships.currentOf(account.id)) === null) return null;
    await this.accounts.recordSignIn(account, ip);
    return this.tokensFor(account.id, await this.refreshTokens.issue(account.id));
  }

  /** The next tokens of a session. Throws `RefreshFailedError` (401). */
  async refresh(refreshToken: string | undefined): Promise<SessionTokens> {
    if (!refreshToken) throw new RefreshFailedError('No refresh token provided');
    const next = await this.refreshTokens.rotate(refreshToken);
    const account = next && (await this.accounts.findById(next.accountId));
    if (!next || !account || isLocked(account)) throw new RefreshFailedError('Invalid refresh token');
    await this.accounts.recordActivity(account);
    return this.tokensFor(account.id, next.token);
  }

  /** Ends a session: its refresh token and those before it. Access tokens hold until they expire. */
  signOut(accountId: string, refreshToken: string | undefined): Promise<void> {
    return this.refreshTokens.revoke(accountId, refreshToken);
  }

  private async tokensFor(accountId: string, refreshToken: string): Promise<SessionTokens> {
    const [accessToken, csrfToken] = await Promise.all([this.accessTokens.signAccess(accountId), this.accessTokens.signCsrf(accountId)]);
    return { accessToken, refreshToken, csrfToken };
  }
}
