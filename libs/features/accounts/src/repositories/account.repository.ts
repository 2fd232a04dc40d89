import { Injectable } from '@nestjs/common';
import { Entities, Sql, type Tx } from '#platform/database';
import { AccountEntity } from '../entities/account.entity.js';

/** Rows of `accounts`. */
@Injectable()
export class AccountRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  findById(id: string, tx?: Tx): Promise<AccountEntity | null> {
    return this.entities.of(AccountEntity, tx).findOneBy({ id });
  }

  findByEmail(email: string, tx?: Tx): Promise<AccountEntity | null> {
    return this.entities.of(AccountEntity, tx).findOneBy({ email });
  }

  /** Whether anybody but this account can sign in. */
  async existsOtherActive(id: string): Promise<boolean> {
    return (await this.sql.row(`select 1 from accounts where id <> $1 and status = 'active' limit 1`, [id])) !== null;
  }

  async insert(account: AccountEntity, tx?: Tx): Promise<void> {
    await this.entities.of(AccountEntity, tx).insert(account);
  }

  async update(id: string, changes: Partial<AccountEntity>, tx?: Tx): Promise<void> {
    await this.entities.of(AccountEntity, tx).update({ id }, changes);
  }

  /** Changes an account that is not initialized yet. False when it is. */
  async updateUninitialized(id: string, changes: Partial<AccountEntity>): Promise<boolean> {
    return ((await this.entities.of(AccountEntity).update({ id, status: 'uninitialized' }, changes)).affected ?? 0) > 0;
  }

  /** Notes that the account was used, at most once in ten minutes. */
  async touch(id: string, now: Date): Promise<void> {
    await this.sql.run(
      `update accounts set last_active_at = $2::timestamptz where id = $1 and last_active_at < $2::timestamptz - interval '10 minutes'`,
      [id, now],
    );
  }
}
