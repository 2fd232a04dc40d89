import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An Idempotency-Key that was used: the same key and body within 24 h is the same run. */
@Entity('run_idempotency')
@Index('run_idempotency_key_idx', ['tenantId', 'appId', 'principal', 'idempotencyKey'], { unique: true })
@Index('run_idempotency_created_at_idx', ['createdAt'])
export class RunIdempotencyKeyEntity {
  /** The run that has the key. */
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  @Column('varchar', { length: 64 }) principal: string;
  @Column('varchar', { length: 255 }) idempotencyKey: string;
  /** SHA-256 of the request's body, hexadecimal. */
  @Column('varchar', { length: 64 }) requestHash: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
