import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody who uses an app from outside; one row a session id and app. */
@Entity('end_users')
@Index('end_user_tenant_app_session_idx', ['tenantId', 'appId', 'sessionId'], { unique: true })
export class EndUserEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  /** `service_api`, `browser`, `mcp` or `trigger`: how he came last. */
  @Column('varchar', { length: 255 }) type: string;
  @Column('varchar', { length: 255, nullable: true }) externalUserId: string | null;
  @Column('varchar', { length: 255, nullable: true }) name: string | null;
  @Column('boolean') isAnonymous: boolean;
  @Column('varchar', { length: 255 }) sessionId: string;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
