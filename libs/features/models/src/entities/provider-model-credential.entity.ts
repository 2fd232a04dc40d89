import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One named set of credentials for one model. */
@Entity('provider_model_credentials')
@Index('provider_model_credential_tenant_model_name_idx', ['tenantId', 'providerName', 'modelName', 'modelType', 'credentialName'], {
  unique: true,
})
export class ProviderModelCredentialEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Long id. */
  @Column('varchar', { length: 255 }) providerName: string;
  @Column('varchar', { length: 255 }) modelName: string;
  /** As stored: `text-generation`, `embeddings`, ... */
  @Column('varchar', { length: 40 }) modelType: string;
  @Column('varchar', { length: 255 }) credentialName: string;
  /** JSON object; values of secret fields are encrypted one by one. */
  @Column('text') encryptedConfig: string;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
