import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { PasswordChecksBusyError } from '../secrets.errors.js';
import { verifyPbkdf2 } from './pbkdf2.js';
import { WorkSlots } from './work-slots.js';

/** Memory is in KiB: 19 MiB, twice over, one lane (OWASP's advice for argon2id). */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const ARGON2_PREFIX = '$argon2id$';
const AT_A_TIME = 2;
const IN_LINE = 100;
/** Of no password; checked where there is nothing else to check, so that it takes as long. */
const DUMMY_SALT = 'AAAAAAAAAAAAAAAAAAAAAA==';
const DUMMY_PBKDF2 = 'AAAA';

/** A password as accounts store it. */
export interface StoredPassword {
  /** Column `password`: an argon2id text, or Dify's PBKDF2; null when the account has none. */
  hash: string | null;
  /** Column `password_salt`: base64 with Dify's PBKDF2, else null. */
  salt: string | null;
}

/** What came of checking a password. `outdated`: right, and should be hashed anew. */
export type PasswordCheck = 'wrong' | 'right' | 'outdated';

/** Hashes passwords with argon2id and checks them, those that Dify hashed too. Every check does the same work, whatever is stored. */
@Injectable()
export class PasswordHasher {
  private readonly slots = new WorkSlots(AT_A_TIME, IN_LINE, () => new PasswordChecksBusyError());
  private dummy?: Promise<string>;

  /** Hash of a new password, to be stored with a null salt. Throws `PasswordChecksBusyError` (503). */
  hash(password: string): Promise<string> {
    return this.slots.run(() => hash(password, ARGON2));
  }

  /** Checks a password. `stored` is null for an unknown account; the answer is then `wrong` after the same time. Throws `PasswordChecksBusyError` (503). */
  check(password: string, stored: StoredPassword | null): Promise<PasswordCheck> {
    return this.slots.run(() => this.compare(password, stored));
  }

  private async compare(password: string, stored: StoredPassword | null): Promise<PasswordCheck> {
    const text = stored?.hash ?? '';
    const isArgon2 = text.startsWith(ARGON2_PREFIX);
    const isPbkdf2 = text !== '' && !isArgon2 && !!stored?.salt;
    const oldIsRight = await verifyPbkdf2(password, isPbkdf2 ? text : DUMMY_PBKDF2, isPbkdf2 ? (stored.salt as string) : DUMMY_SALT);
    const newIsRight = await verify(isArgon2 ? text : await this.dummyHash(), password).catch(() => false);
    if (isArgon2) return newIsRight ? 'right' : 'wrong';
    return isPbkdf2 && oldIsRight ? 'outdated' : 'wrong';
  }

  private dummyHash(): Promise<string> {
    this.dummy ??= hash('of no account', ARGON2);
    return this.dummy;
  }
}
