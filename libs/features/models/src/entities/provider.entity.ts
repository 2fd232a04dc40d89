import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A provider the workspace has credentials for, and which of them is in use. */
@Entity('providers')
@Index('provider_tenant_provider_idx', ['tenantId', 'providerName', 'providerType'], { unique: true })
export class ProviderEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Long id. */
  @Column('varchar', { length: 255 }) providerName: string;
  /** `custom`: the workspace's own credentials. */
  @Column('varchar', { length: 40 }) providerType: string;
  /** The credential in use; null when it was deleted. */
  @Column('uuid', { nullable: true }) credentialId: string | null;
  @Column('boolean') isValid: boolean;
  @Column('timestamptz', { nullable: true }) lastUsed: Date | null;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
