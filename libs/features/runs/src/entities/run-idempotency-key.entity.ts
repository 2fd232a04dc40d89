import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An Idempotency-Key that was used: the same key and body within 24 h is the same run. */
@Entity('run_idempotency_keys')
@Index('run_idempotency_keys_unique', ['tenantId', 'appId', 'principal', 'key'], { unique: true })
@Index('run_idempotency_keys_created_idx', ['createdAt'])
export class RunIdempotencyKeyEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  @Column('varchar', { length: 80 }) principal: string;
  @Column('varchar', { length: 255 }) key: string;
  /** SHA-256 of the request's body, hexadecimal. */
  @Column('char', { length: 64 }) requestHash: string;
  @Column('uuid') runId: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
