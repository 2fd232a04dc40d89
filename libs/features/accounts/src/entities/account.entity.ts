import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AccountStatus } from '../account-status.js';

/** A person, or a locked account in whose name the system owns something. */
@Entity('accounts')
@Index('account_email_idx', ['email'], { unique: true })
export class AccountEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('varchar', { length: 255 }) name: string;
  /** In lower case, but for rows that were copied from elsewhere. */
  @Column('varchar', { length: 255 }) email: string;
  /** Hash of the password; null when the account has none. */
  @Column('varchar', { length: 255, nullable: true }) password: string | null;
  /** Salt of a PBKDF2 hash; argon2id keeps its own. */
  @Column('varchar', { length: 255, nullable: true }) passwordSalt: string | null;
  /** Id of an uploaded file, or a URL. */
  @Column('varchar', { length: 255, nullable: true }) avatar: string | null;
  @Column('varchar', { length: 255, nullable: true }) interfaceLanguage: string | null;
  /** `light` or `dark`. */
  @Column('varchar', { length: 255, nullable: true }) interfaceTheme: string | null;
  /** IANA name. */
  @Column('varchar', { length: 255, nullable: true }) timezone: string | null;
  @Column('timestamptz', { nullable: true }) lastLoginAt: Date | null;
  @Column('varchar', { length: 255, nullable: true }) lastLoginIp: string | null;
  @Column('varchar', { length: 16 }) status: AccountStatus;
  @Column('timestamptz', { nullable: true }) initializedAt: Date | null;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
  @Column('timestamptz') lastActiveAt: Date;
}
