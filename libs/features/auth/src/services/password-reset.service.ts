import { Injectable } from '@nestjs/common';
import { type Account, AccountPasswords } from '#features/accounts';
import { Transactions } from '#platform/database';
import { PasswordThrottle } from './password-throttle.js';
import { RefreshTokens } from './refresh-tokens.js';

/** A new password for somebody who does not know his own, or whose account is in other hands. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly passwords: AccountPasswords,
    private readonly refreshTokens: RefreshTokens,
    private readonly throttle: PasswordThrottle,
    private readonly transactions: Transactions,
  ) {}

  /** Gives an account a password, ends its sessions and lets its address in again. Throws `WeakPasswordError` (400). */
  async reset(account: Pick<Account, 'id' | 'email'>, password: string): Promise<void> {
    const hash = await this.passwords.hashNew(password);
    await this.transactions.run(async (tx) => {
      await this.passwords.store(account.id, hash, tx);
      await this.refreshTokens.revokeOthers(account.id, undefined, tx);
    });
    await this.throttle.release(account.email);
  }
}
