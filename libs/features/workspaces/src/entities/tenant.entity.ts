import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WorkspaceStatus } from '../workspace-status.js';

/** A workspace: the owner of everything but people. Dify calls it tenant, on the wire and in the tables. */
@Entity('tenants')
export class TenantEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('varchar', { length: 255 }) name: string;
  /** PEM; the private key is in the key store. */
  @Column('text', { nullable: true }) encryptPublicKey: string | null;
  /** `basic`; kept for the wire. */
  @Column('varchar', { length: 255 }) plan: string;
  @Column('varchar', { length: 255 }) status: WorkspaceStatus;
  /** JSON object with `remove_webapp_brand` and `replace_webapp_logo`. */
  @Column('text', { nullable: true }) customConfig: string | null;
  /** Whether the system made it (the demo workspace); such a one does not count as set up. */
  @Column('boolean') isSystem: boolean;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
