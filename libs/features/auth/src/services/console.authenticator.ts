import { Injectable } from '@nestjs/common';
import { isUuid, UnauthorizedError } from '#common';
import { type Account, AccountService } from '#features/accounts';
import { type MembershipView, MembershipService, WorkspaceService } from '#features/workspaces';
import { Authenticator, type AuthRequest, type ConsoleAccessOptions, type ConsolePrincipal } from '#platform/http';
import { TokenError } from '#platform/secrets';
import { AccountNotInitializedError, NoWorkspaceError } from '../auth.errors.js';
import { AdminKey } from './admin-key.js';
import { AccessTokens } from './access-tokens.js';
import { ConsoleSetupGate } from './console-setup.gate.js';
import { isLocked } from './session.service.js';
import { SessionCookies } from './session-cookies.js';

/** Drafts are saved by a beacon while the page closes, which can't carry the header. */
const CSRF_EXEMPT = /^\/console\/api\/apps\/[0-9a-f-]{36}\/workflows\/draft(?:[/?]|$)/i;

/** Says who is signed in to the console (contract console-accounts 1.3). */
@Injectable()
export class ConsoleAuthenticator extends Authenticator<'console'> {
  constructor(
    private readonly gate: ConsoleSetupGate,
    private readonly accessTokens: AccessTokens,
    private readonly cookies: SessionCookies,
    private readonly accounts: AccountService,
    private readonly memberships: MembershipService,
    private readonly workspaces: WorkspaceService,
    private readonly adminKey: AdminKey,
  ) {
    super();
  }

  async authenticate(request: AuthRequest, options: ConsoleAccessOptions): Promise<ConsolePrincipal> {
    if (options.setup) await this.gate.check();
    const { accessToken, csrfToken } = this.cookies.read(request.cookies);
    const token = accessToken ?? request.bearer;
    if (!token) throw new UnauthorizedError('Invalid Authorization token.');
    const admin = await this.adminOf(request, token);
    if (admin) return admin;
    const accountId = await this.accessTokens.accountIdOf(token);
    const account = isUuid(accountId) ? await this.accounts.findById(accountId) : null;
    if (!account) throw TokenError.malformed();
    const principal = await this.principalOf(account, await this.memberships.currentOf(account.id), options);
    if (options.csrf && !CSRF_EXEMPT.test(request.url))
      await this.accessTokens.checkCsrf(account.id, headerOf(request, 'x-csrf-token'), csrfToken);
    await this.accounts.recordActivity(account);
    return principal;
  }

  /** The owner of the workspace that X-WORKSPACE-ID names, for the holder of ADMIN_API_KEY. */
  private async adminOf(request: AuthRequest, token: string): Promise<ConsolePrincipal | null> {
    if (!this.adminKey.matches(token)) return null;
    const workspace = await this.workspaces.findById(headerOf(request, 'x-workspace-id') ?? '');
    const ownerId = workspace && (await this.memberships.ownerIdOf(workspace.id));
    const owner = ownerId && (await this.accounts.findById(ownerId));
    return workspace && owner ? this.principalOf(owner, await this.memberships.find(workspace.id, owner.id), { init: false }) : null;
  }

  private async principalOf(
    account: Account,
    membership: MembershipView | null,
    options: Pick<ConsoleAccessOptions, 'init'>,
  ): Promise<ConsolePrincipal> {
    if (isLocked(account)) throw new UnauthorizedError('Account is banned.');
    if (!membership) throw new NoWorkspaceError();
    if (options.init && account.status === 'uninitialized') throw new AccountNotInitializedError();
    const { id, name, email, interfaceLanguage, timezone, status } = account;
    return {
      kind: 'console',
      accountId: id,
      tenantId: membership.id,
      role: membership.role,
      account: { id, name, email, interfaceLanguage, timezone, status },
    };
  }
}

function headerOf(request: AuthRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
