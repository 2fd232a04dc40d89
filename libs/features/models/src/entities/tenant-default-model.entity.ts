import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The model of a type that is used where none is named. */
@Entity('tenant_default_models')
@Index('tenant_default_model_tenant_type_idx', ['tenantId', 'modelType'], { unique: true })
export class TenantDefaultModelEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Long id. */
  @Column('varchar', { length: 255 }) providerName: string;
  @Column('varchar', { length: 255 }) modelName: string;
  /** As stored: `text-generation`, `embeddings`, ... */
  @Column('varchar', { length: 40 }) modelType: string;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
