import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A refresh token that was given out. Those that follow each other from one sign-in on are a family. */
@Entity('refresh_tokens')
@Index('refresh_token_hash_idx', ['tokenHash'], { unique: true })
@Index('refresh_token_family_id_idx', ['familyId'])
@Index('refresh_token_account_id_idx', ['accountId'])
export class RefreshTokenEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') familyId: string;
  @Column('uuid') accountId: string;
  /** Keyed hash; the token itself is nowhere. */
  @Column('varchar', { length: 64 }) tokenHash: string;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') expiresAt: Date;
  /** When the next of the family took its place; null for the newest. */
  @Column('timestamptz', { nullable: true }) rotatedAt: Date | null;
}
