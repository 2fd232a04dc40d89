import { Injectable } from '@nestjs/common';
import { Entities, Sql, type Tx } from '#platform/database';
import { RefreshTokenEntity } from '../entities/refresh-token.entity.js';

/** Whose a token is. */
export interface TokenOwner {
  familyId: string;
  accountId: string;
}

interface OwnerRow {
  family_id: string;
  account_id: string;
}

const ownerOf = (row: OwnerRow | null): TokenOwner | null => row && { familyId: row.family_id, accountId: row.account_id };

/** Rows of `refresh_tokens`. */
@Injectable()
export class RefreshTokenRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  async insert(token: RefreshTokenEntity, tx?: Tx): Promise<void> {
    await this.entities.of(RefreshTokenEntity, tx).insert(token);
  }

  /** Marks the newest token of a family as used. Null when there is no such token, or it is used or expired; of many callers one gets the owner. */
  async rotate(tokenHash: string, now: Date, tx: Tx): Promise<TokenOwner | null> {
    const text =
      'update refresh_tokens set rotated_at = $2 where token_hash = $1 and rotated_at is null and expires_at > $2 returning family_id, account_id';
    return ownerOf(await this.sql.row<OwnerRow>(text, [tokenHash, now], tx));
  }

  /** Owner of a token, used or not. */
  async findOwner(tokenHash: string, tx?: Tx): Promise<TokenOwner | null> {
    return ownerOf(await this.sql.row<OwnerRow>('select family_id, account_id from refresh_tokens where token_hash = $1', [tokenHash], tx));
  }

  /** Owner of a token that was used before a moment. */
  async findUsedBefore(tokenHash: string, moment: Date, tx: Tx): Promise<TokenOwner | null> {
    const text = 'select family_id, account_id from refresh_tokens where token_hash = $1 and rotated_at < $2';
    return ownerOf(await this.sql.row<OwnerRow>(text, [tokenHash, moment], tx));
  }

  /** The family that an account signed in with last. */
  async findNewestFamily(accountId: string): Promise<string | null> {
    const text = 'select family_id from refresh_tokens where account_id = $1 order by id desc limit 1';
    return (await this.sql.row<{ family_id: string }>(text, [accountId]))?.family_id ?? null;
  }

  async deleteFamily(familyId: string, tx?: Tx): Promise<void> {
    await this.sql.run('delete from refresh_tokens where family_id = $1', [familyId], tx);
  }

  /** Deletes all families of an account but one. */
  async deleteOtherFamilies(accountId: string, keptFamilyId: string | null, tx?: Tx): Promise<void> {
    await this.sql.run(
      'delete from refresh_tokens where account_id = $1 and ($2::uuid is null or family_id <> $2::uuid)',
      [accountId, keptFamilyId],
      tx,
    );
  }

  async deleteExpired(accountId: string, now: Date): Promise<void> {
    await this.sql.run('delete from refresh_tokens where account_id = $1 and expires_at <= $2', [accountId, now]);
  }
}
