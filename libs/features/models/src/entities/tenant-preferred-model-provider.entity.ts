import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Whether the workspace wants its own credentials of a provider or the system's. */
@Entity('tenant_preferred_model_providers')
@Index('tenant_preferred_model_provider_tenant_provider_idx', ['tenantId', 'providerName'], { unique: true })
export class TenantPreferredModelProviderEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Long id. */
  @Column('varchar', { length: 255 }) providerName: string;
  /** `custom` or `system`. */
  @Column('varchar', { length: 40 }) preferredProviderType: string;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
