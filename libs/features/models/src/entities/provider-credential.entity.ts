import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One named set of credentials for a whole provider. */
@Entity('provider_credentials')
@Index('provider_credential_tenant_provider_name_idx', ['tenantId', 'providerName', 'credentialName'], { unique: true })
export class ProviderCredentialEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Long id. */
  @Column('varchar', { length: 255 }) providerName: string;
  @Column('varchar', { length: 255 }) credentialName: string;
  /** JSON object; values of secret fields are encrypted one by one. */
  @Column('text') encryptedConfig: string;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
