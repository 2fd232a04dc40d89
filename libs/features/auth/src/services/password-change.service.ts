import { Injectable } from '@nestjs/common';
import { type Account, AccountPasswords, AccountService } from '#features/accounts';
import { Transactions } from '#platform/database';
import { RepeatedPasswordError } from '../auth.errors.js';
import { RefreshTokens } from './refresh-tokens.js';

/** A change of one's own password. */
export interface PasswordChange {
  /** Null when the account has none yet. */
  current: string | null;
  next: string;
  repeated: string;
  /** Of the session that stays signed in. */
  refreshToken: string | undefined;
}

/** Changing a password ends all other sessions of the account. */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly accounts: AccountService,
    private readonly passwords: AccountPasswords,
    private readonly refreshTokens: RefreshTokens,
    private readonly transactions: Transactions,
  ) {}

  /** Throws `RepeatedPasswordError`, `CurrentPasswordIncorrectError`, `WeakPasswordError` (400), in this order. */
  async change(accountId: string, change: PasswordChange): Promise<Account> {
    if (change.next !== change.repeated) throw new RepeatedPasswordError();
    const account = await this.accounts.getById(accountId);
    const hash = await this.passwords.hashChanged(account, change);
    await this.transactions.run(async (tx) => {
      await this.passwords.store(account.id, hash, tx);
      await this.refreshTokens.revokeOthers(account.id, change.refreshToken, tx);
    });
    return this.accounts.getById(account.id);
  }
}
