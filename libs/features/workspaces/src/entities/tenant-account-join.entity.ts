import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '#platform/http';
import { TenantEntity } from './tenant.entity.js';

/** An account's membership in a workspace. */
@Entity('tenant_account_joins')
@Index('unique_tenant_account_join', ['tenantId', 'accountId'], { unique: true })
@Index('tenant_account_join_account_id_idx', ['accountId'])
export class TenantAccountJoinEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid')
  @ForeignKey(() => TenantEntity, { name: 'tenant_account_join_tenant_fkey', onDelete: 'CASCADE' })
  tenantId: string;
  @Column('uuid') accountId: string;
  @Column('varchar', { length: 16 }) role: Role;
  @Column('uuid', { nullable: true }) invitedBy: string | null;
  /** Whether it is the workspace that the account works in. */
  @Column('boolean') current: boolean;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
