import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What the workspace set for one model; a model without a row is enabled and not balanced. */
@Entity('provider_model_settings')
@Index('provider_model_setting_tenant_model_idx', ['tenantId', 'providerName', 'modelName', 'modelType'], { unique: true })
export class ProviderModelSettingEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Long id. */
  @Column('varchar', { length: 255 }) providerName: string;
  @Column('varchar', { length: 255 }) modelName: string;
  /** As stored: `text-generation`, `embeddings`, ... */
  @Column('varchar', { length: 40 }) modelType: string;
  @Column('boolean') enabled: boolean;
  @Column('boolean') loadBalancingEnabled: boolean;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
