import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { PasswordHasher } from '#platform/secrets';
import { CurrentPasswordIncorrectError, WeakPasswordError } from '../accounts.errors.js';
import { MAX_PASSWORD_LENGTH, PASSWORD_PATTERN } from '../credential-rules.js';
import type { AccountEntity } from '../entities/account.entity.js';
import { AccountRepository } from '../repositories/account.repository.js';

/** Passwords of accounts: checked, set, changed. Hashing takes a while: never inside a transaction. */
@Injectable()
export class AccountPasswords {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly hasher: PasswordHasher,
  ) {}

  /** Hash of a new password. Throws `WeakPasswordError` (400). */
  hashNew(password: string): Promise<string> {
    if (!PASSWORD_PATTERN.test(password) || password.length > MAX_PASSWORD_LENGTH) throw new WeakPasswordError();
    return this.hasher.hash(password);
  }

  /** Whether the password is the account's; takes as long for an unknown account (null). A hash made by Dify is replaced by one of ours. */
  async check(account: AccountEntity | null, password: string): Promise<boolean> {
    const result = await this.hasher.check(password, account && { hash: account.password, salt: account.passwordSalt });
    if (account && result === 'outdated') await this.store(account.id, await this.hasher.hash(password));
    return result !== 'wrong';
  }

  /** Hash of the new password of an account that knows its present one, or has none. Throws `CurrentPasswordIncorrectError`, `WeakPasswordError` (400). */
  async hashChanged(account: AccountEntity, change: { current: string | null; next: string }): Promise<string> {
    if (account.password !== null && !(await this.check(account, change.current ?? ''))) throw new CurrentPasswordIncorrectError();
    return this.hashNew(change.next);
  }

  /** Stores a hash. */
  async store(accountId: string, passwordHash: string, tx?: Tx): Promise<void> {
    await this.accounts.update(accountId, { password: passwordHash, passwordSalt: null, updatedAt: new Date() }, tx);
  }
}
