import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A model the workspace added to a provider's list. */
@Entity('provider_models')
@Index('provider_model_tenant_provider_model_idx', ['tenantId', 'providerName', 'modelName', 'modelType'], { unique: true })
export class ProviderModelEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Long id. */
  @Column('varchar', { length: 255 }) providerName: string;
  @Column('varchar', { length: 255 }) modelName: string;
  /** As stored: `text-generation`, `embeddings`, ... */
  @Column('varchar', { length: 40 }) modelType: string;
  /** The credential in use; null when it was deleted. */
  @Column('uuid', { nullable: true }) credentialId: string | null;
  @Column('boolean') isValid: boolean;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
