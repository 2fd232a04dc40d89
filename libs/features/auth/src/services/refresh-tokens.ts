import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import { SecurityConfig } from '#platform/config';
import { Transactions, type Tx } from '#platform/database';
import { AppSecrets } from '#platform/secrets';
import { RefreshTokenEntity } from '../entities/refresh-token.entity.js';
import { RefreshTokenRepository } from '../repositories/refresh-token.repository.js';

/** A token that follows another. */
export interface RotatedToken {
  token: string;
  accountId: string;
}

const TOKEN_BYTES = 64;
const DAY_MS = 86_400_000;
const LONGEST_TOKEN = 512;
/** Two tabs may send one token at the same time: the slower one is refused, and the session of both goes on. */
const RACE_MS = 10_000;

/**
 * Refresh tokens: opaque, good for one use, kept as keyed hashes, so that they outlive a restart. Who uses one again, later
 * than two tabs would, has stolen it or was stolen from: the whole family is dead then (contract console-accounts 2.2; the families are ours).
 */
@Injectable()
export class RefreshTokens {
  constructor(
    private readonly tokens: RefreshTokenRepository,
    private readonly transactions: Transactions,
    private readonly secrets: AppSecrets,
    private readonly config: SecurityConfig,
  ) {}

  /** Begins a family at a sign-in: 128 hex digits. */
  async issue(accountId: string): Promise<string> {
    await this.tokens.deleteExpired(accountId, new Date());
    return this.add(accountId, uuidv7());
  }

  /** Takes a token in and gives the next of its family; null when it does not hold. */
  async rotate(token: string): Promise<RotatedToken | null> {
    if (token.length > LONGEST_TOKEN) return null;
    const hash = this.secrets.hmac(token);
    const now = new Date();
    return this.transactions.run(async (tx) => {
      const owner = await this.tokens.rotate(hash, now, tx);
      if (owner) return { token: await this.add(owner.accountId, owner.familyId, tx), accountId: owner.accountId };
      const stolen = await this.tokens.findUsedBefore(hash, new Date(now.getTime() - RACE_MS), tx);
      if (stolen) await this.tokens.deleteFamily(stolen.familyId, tx);
      return null;
    });
  }

  /** Ends the family of a token of the account; without a token the family that it signed in with last. */
  async revoke(accountId: string, token: string | undefined): Promise<void> {
    const owner = await this.ownerOf(accountId, token);
    const familyId = token === undefined ? await this.tokens.findNewestFamily(accountId) : (owner?.familyId ?? null);
    if (familyId !== null) await this.tokens.deleteFamily(familyId);
  }

  /** Ends all families of an account but the one of the given token. */
  async revokeOthers(accountId: string, token: string | undefined, tx?: Tx): Promise<void> {
    const owner = await this.ownerOf(accountId, token, tx);
    await this.tokens.deleteOtherFamilies(accountId, owner?.familyId ?? null, tx);
  }

  private async ownerOf(accountId: string, token: string | undefined, tx?: Tx): Promise<{ familyId: string } | null> {
    if (token === undefined || token.length > LONGEST_TOKEN) return null;
    const owner = await this.tokens.findOwner(this.secrets.hmac(token), tx);
    return owner?.accountId === accountId ? owner : null;
  }

  private async add(accountId: string, familyId: string, tx?: Tx): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    const now = new Date();
    const row = Object.assign(new RefreshTokenEntity(), {
      id: uuidv7(),
      familyId,
      accountId,
      tokenHash: this.secrets.hmac(token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + this.config.refreshTokenDays * DAY_MS),
      rotatedAt: null,
    });
    await this.tokens.insert(row, tx);
    return token;
  }
}
