import { Injectable } from '@nestjs/common';
import { SecurityConfig } from '#platform/config';
import { ExpiringStore, RateLimits } from '#platform/bus';
import { TooManyInitPasswordsError, TooManyPasswordsError } from '../auth.errors.js';

const ATTEMPTS = 6;
const INIT_ATTEMPTS = 10;
const INIT_WINDOW_SECONDS = 600;

/** Slows guessing of passwords down. An attempt counts before it is checked, so that many at a time count too. */
@Injectable()
export class PasswordThrottle {
  constructor(
    private readonly limits: RateLimits,
    private readonly store: ExpiringStore,
    private readonly config: SecurityConfig,
  ) {}

  /** Counts an attempt for an address. Throws `TooManyPasswordsError` (429) from the seventh on (contract console-accounts 4). */
  async admit(email: string): Promise<void> {
    const limit = { limit: ATTEMPTS, windowSeconds: this.config.loginLockoutSeconds };
    let hit = await this.limits.hit(keyOf(email), limit);
    if (!hit.allowed && (await this.store.take(releaseKeyOf(email))) !== null) {
      await this.limits.clear(keyOf(email));
      hit = await this.limits.hit(keyOf(email), limit);
    }
    if (!hit.allowed) throw new TooManyPasswordsError(hit.resetSeconds);
  }

  /** Forgets the attempts for an address once the right password came, and what would let it in again: nobody gets more guesses by it. */
  async forget(email: string): Promise<void> {
    await this.limits.clear(keyOf(email));
    await this.store.delete(releaseKeyOf(email));
  }

  /**
   * Lets an address that is locked out in again. Without Redis each process counts in its own memory, so the word is left in the
   * store: the process that refuses finds it there.
   */
  async release(email: string): Promise<void> {
    await this.store.set(releaseKeyOf(email), '1', this.config.loginLockoutSeconds);
  }

  /** Counts a guess of the init password by a caller. Throws `TooManyInitPasswordsError` (429). */
  async admitInit(ip: string): Promise<void> {
    const { allowed, resetSeconds } = await this.limits.hit(`init_password:${ip}`, {
      limit: INIT_ATTEMPTS,
      windowSeconds: INIT_WINDOW_SECONDS,
    });
    if (!allowed) throw new TooManyInitPasswordsError(resetSeconds);
  }
}

const keyOf = (email: string): string => `login_error_rate_limit:${email.toLowerCase()}`;
const releaseKeyOf = (email: string): string => `login_released:${email.toLowerCase()}`;
