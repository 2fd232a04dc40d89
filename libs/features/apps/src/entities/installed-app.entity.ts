import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An app that a workspace can open from its explore page. */
@Entity('installed_apps')
@Index('installed_app_tenant_app_idx', ['tenantId', 'appId'], { unique: true })
@Index('installed_app_app_idx', ['appId'])
export class InstalledAppEntity {
  @PrimaryColumn('uuid') id: string;
  /** The workspace it is installed in. */
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  /** The workspace the app belongs to. */
  @Column('uuid') appOwnerTenantId: string;
  @Column('integer') position: number;
  @Column('boolean') isPinned: boolean;
  @Column('timestamptz', { nullable: true }) lastUsedAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}
