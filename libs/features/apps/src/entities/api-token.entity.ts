import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An API key. Requests find it by its hash; the key itself is encrypted and shown by the list routes only. */
@Entity('api_tokens')
@Index('api_token_hash_idx', ['tokenHash'], { unique: true })
@Index('api_token_tenant_app_type_idx', ['tenantId', 'appId', 'type'])
export class ApiTokenEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Null for the keys of a workspace's knowledge. */
  @Column('uuid', { nullable: true }) appId: string | null;
  /** `app` or `dataset`. */
  @Column('varchar', { length: 16 }) type: string;
  /** HMAC of the key with the installation's secret. */
  @Column('varchar', { length: 128 }) tokenHash: string;
  /** The key, sealed with the installation's secret. */
  @Column('text') tokenSealed: string;
  @Column('timestamptz', { nullable: true }) lastUsedAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}
