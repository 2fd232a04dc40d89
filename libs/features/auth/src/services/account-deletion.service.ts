import { Injectable } from '@nestjs/common';
import { AccountService } from '#features/accounts';
import { MembershipService, WorkspaceDeletionService } from '#features/workspaces';
import { Transactions } from '#platform/database';
import { AccountDeletionCodeError, LastAccountError, TooManyEmailCodesError } from '../mail-flow.errors.js';
import { AccountMails, mailLanguageOf } from './account-mails.js';
import { isSameText } from './constant-time.js';
import { FlowTokens } from './flow-tokens.js';
import { MailThrottle } from './mail-throttle.js';
import { RefreshTokens } from './refresh-tokens.js';

const TYPE = 'account_deletion';

/**
 * Closes accounts for good (contract console-accounts 7). What a person made in workspaces of others stays there under an id that
 * names nobody; workspaces that he alone belonged to go, those he owned among others pass to the next in rank.
 */
@Injectable()
export class AccountDeletionService {
  constructor(
    private readonly accounts: AccountService,
    private readonly memberships: MembershipService,
    private readonly workspaces: WorkspaceDeletionService,
    private readonly refreshTokens: RefreshTokens,
    private readonly tokens: FlowTokens,
    private readonly throttle: MailThrottle,
    private readonly mails: AccountMails,
    private readonly transactions: Transactions,
  ) {}

  /** Mails a code to the account's owner and gives the token that goes with it. Throws `MailTooSoonError` (429), `MailUnavailableError` (503). */
  async sendCode(accountId: string): Promise<string> {
    const account = await this.accounts.getById(accountId);
    const email = account.email.toLowerCase();
    await this.throttle.admitMail(TYPE, email);
    const code = this.tokens.newCode();
    const token = await this.tokens.issue(TYPE, { accountId, email, code, phase: 'sent' });
    await this.mails.send('delete_account', { to: account.email, code, language: mailLanguageOf(account.interfaceLanguage) });
    return token;
  }

  /**
   * Closes the account of whoever has token and code. May be called again after a failure half way. Throws `AccountDeletionCodeError`,
   * `LastAccountError` (400).
   */
  async delete(accountId: string, { token, code }: { token: string; code: string }): Promise<void> {
    await this.admitGuess(accountId);
    const facts = await this.tokens.find(TYPE, token);
    if (facts?.accountId !== accountId || !isSameText(facts.code, code)) throw new AccountDeletionCodeError();
    if (!(await this.accounts.hasOthers(accountId))) throw new LastAccountError();
    const account = await this.accounts.getById(accountId);
    for (const { id, role } of await this.memberships.listOf(accountId)) if (role === 'owner') await this.passOn(id, accountId);
    await this.transactions.run(async (tx) => {
      await this.memberships.removeAllOf(accountId, tx);
      await this.refreshTokens.revokeOthers(accountId, undefined, tx);
      await this.accounts.close(accountId, tx);
    });
    await this.tokens.take(TYPE, token);
    await this.mails.tell('account_deleted', account);
  }

  /** A refused guess looks like a wrong one: the contract has no other code here. */
  private async admitGuess(accountId: string): Promise<void> {
    try {
      await this.throttle.admitGuess(TYPE, accountId);
    } catch (error) {
      throw error instanceof TooManyEmailCodesError ? new AccountDeletionCodeError() : error;
    }
  }

  private async passOn(tenantId: string, ownerId: string): Promise<void> {
    for (const accountId of await this.memberships.successorsOf(tenantId, ownerId)) {
      const status = (await this.accounts.findById(accountId))?.status;
      if (status !== 'active') continue;
      await this.memberships.changeRole(tenantId, accountId, 'owner');
      return;
    }
    await this.workspaces.delete(tenantId);
  }
}
