import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One of the credentials among which the calls of a model take turns. */
@Entity('load_balancing_model_configs')
@Index('load_balancing_model_config_tenant_model_idx', ['tenantId', 'providerName', 'modelName', 'modelType'])
export class LoadBalancingModelConfigEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Long id. */
  @Column('varchar', { length: 255 }) providerName: string;
  @Column('varchar', { length: 255 }) modelName: string;
  /** As stored: `text-generation`, `embeddings`, ... */
  @Column('varchar', { length: 40 }) modelType: string;
  /** `__inherit__`: whatever credential is in use. */
  @Column('varchar', { length: 255 }) name: string;
  /** As in the credential tables; null for `__inherit__`. */
  @Column('text', { nullable: true }) encryptedConfig: string | null;
  /** The credential this was copied from, kept in step with it. */
  @Column('uuid', { nullable: true }) credentialId: string | null;
  /** `provider` or `custom_model`; null for `__inherit__`. */
  @Column('varchar', { length: 40, nullable: true }) credentialSourceType: string | null;
  @Column('boolean') enabled: boolean;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
