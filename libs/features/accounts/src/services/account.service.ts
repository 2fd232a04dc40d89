import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import { isUniqueViolation, type Tx } from '#platform/database';
import type { AccountStatus } from '../account-status.js';
import { AccountAlreadyInitializedError, AccountNotFoundError, EmailInUseError } from '../accounts.errors.js';
import { AccountEntity } from '../entities/account.entity.js';
import { type InterfaceLanguage, timezoneOf } from '../interface-languages.js';
import { AccountRepository } from '../repositories/account.repository.js';

/** What a new account is made of. */
export interface NewAccount {
  /** Stored in lower case. */
  email: string;
  name: string;
  /** Hash by `AccountPasswords.hashNew`; null for an account without password. */
  passwordHash: string | null;
  language: InterfaceLanguage;
  /** Default: the language's. */
  timezone?: string;
  /** Default `active`. */
  status?: AccountStatus;
}

/** What a person changes of his own account without further ado. */
export type ProfileChanges = Partial<Pick<AccountEntity, 'name' | 'avatar' | 'interfaceLanguage' | 'interfaceTheme' | 'timezone'>>;

const ACTIVITY_STEP_MS = 600_000;

/** The people of this installation. */
@Injectable()
export class AccountService {
  constructor(private readonly accounts: AccountRepository) {}

  /** The account, or null. */
  findById(id: string, tx?: Tx): Promise<AccountEntity | null> {
    return this.accounts.findById(id, tx);
  }

  /** The account. Throws `AccountNotFoundError` (404). */
  async getById(id: string, tx?: Tx): Promise<AccountEntity> {
    const account = await this.accounts.findById(id, tx);
    if (!account) throw new AccountNotFoundError();
    return account;
  }

  /** The account of an address as it is written, else in lower case; null when there is none. */
  async findByEmail(email: string, tx?: Tx): Promise<AccountEntity | null> {
    const lower = email.toLowerCase();
    const exact = await this.accounts.findByEmail(email, tx);
    return exact ?? (lower === email ? null : this.accounts.findByEmail(lower, tx));
  }

  /** Makes an account. Throws `EmailInUseError` (400); the transaction is lost then. */
  async create(account: NewAccount, tx?: Tx): Promise<AccountEntity> {
    const now = new Date();
    const row = Object.assign(new AccountEntity(), {
      id: uuidv7(),
      name: account.name,
      email: account.email.toLowerCase(),
      password: account.passwordHash,
      passwordSalt: null,
      avatar: null,
      interfaceLanguage: account.language,
      interfaceTheme: 'light',
      timezone: account.timezone ?? timezoneOf(account.language),
      lastLoginAt: null,
      lastLoginIp: null,
      status: account.status ?? 'active',
      initializedAt: account.status === undefined || account.status === 'active' ? now : null,
      createdAt: now,
      updatedAt: now,
      lastActiveAt: now,
    });
    await orEmailInUse(this.accounts.insert(row, tx));
    return row;
  }

  /** Makes a locked account in whose name the system owns something: it has no password and nobody can sign in to it. */
  createLocked(account: Pick<NewAccount, 'email' | 'name'>, tx?: Tx): Promise<AccountEntity> {
    return this.create({ ...account, passwordHash: null, language: 'en-US', status: 'banned' }, tx);
  }

  /** Changes the profile and gives it back. Throws `AccountNotFoundError` (404). */
  async changeProfile(id: string, changes: ProfileChanges): Promise<AccountEntity> {
    await this.accounts.update(id, { ...changes, updatedAt: new Date() });
    return this.getById(id);
  }

  /** Gives an account another mail address and gives the account back. Throws `EmailInUseError` (400), `AccountNotFoundError` (404). */
  async changeEmail(id: string, email: string): Promise<AccountEntity> {
    await orEmailInUse(this.accounts.update(id, { email: email.toLowerCase(), updatedAt: new Date() }));
    return this.getById(id);
  }

  /** Whether anybody but this account can sign in to the installation. */
  hasOthers(id: string): Promise<boolean> {
    return this.accounts.existsOtherActive(id);
  }

  /** Closes an account for good: nobody can sign in to it, and nothing in its row tells whose it was. Its id stays where it is named. */
  async close(id: string, tx: Tx): Promise<void> {
    const nobody: Partial<AccountEntity> = {
      name: 'Deleted account',
      email: `${id}@deleted.invalid`,
      password: null,
      passwordSalt: null,
      avatar: null,
      lastLoginIp: null,
      status: 'closed',
      updatedAt: new Date(),
    };
    await this.accounts.update(id, nobody, tx);
  }

  /** Completes an account that has a password and no profile yet. Throws `AccountAlreadyInitializedError` (400). */
  async initialize(id: string, profile: Pick<ProfileChanges, 'interfaceLanguage' | 'timezone'>): Promise<void> {
    const now = new Date();
    const changes: Partial<AccountEntity> = { ...profile, status: 'active', initializedAt: now, updatedAt: now };
    if (!(await this.accounts.updateUninitialized(id, changes))) throw new AccountAlreadyInitializedError();
  }

  /** Notes a sign-in; a pending account becomes active by it. */
  async recordSignIn(account: AccountEntity, ip: string, tx?: Tx): Promise<void> {
    const now = new Date();
    const activation: Partial<AccountEntity> = account.status === 'pending' ? { status: 'active', initializedAt: now } : {};
    await this.accounts.update(account.id, { ...activation, lastLoginAt: now, lastLoginIp: ip, lastActiveAt: now }, tx);
  }

  /** Notes that an account was used, at most once in ten minutes. */
  async recordActivity(account: AccountEntity): Promise<void> {
    const now = new Date();
    if (now.getTime() - account.lastActiveAt.getTime() > ACTIVITY_STEP_MS) await this.accounts.touch(account.id, now);
  }
}

/** What a row with an address that is taken means to others. */
async function orEmailInUse(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw isUniqueViolation(error, 'account_email_idx') ? new EmailInUseError() : error;
  }
}
