import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AppMode } from '#platform/http';

/** Where the picture of an app comes from: an emoji's name, an upload's id, or an address. */
export const ICON_TYPES = ['emoji', 'image', 'link'] as const;
export type IconType = (typeof ICON_TYPES)[number];

/** An app of a workspace. */
@Entity('apps')
@Index('app_tenant_id_created_at_idx', ['tenantId', 'createdAt', 'id'])
export class AppEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('varchar', { length: 255 }) name: string;
  @Column('text') description: string;
  @Column('varchar', { length: 255 }) mode: AppMode;
  @Column('varchar', { length: 255, nullable: true }) iconType: IconType | null;
  @Column('varchar', { length: 255, nullable: true }) icon: string | null;
  @Column('varchar', { length: 255, nullable: true }) iconBackground: string | null;
  /** The configuration in force (chat, agent-chat, completion). */
  @Column('uuid', { nullable: true }) appModelConfigId: string | null;
  /** The published graph (advanced-chat, workflow). */
  @Column('uuid', { nullable: true }) workflowId: string | null;
  /** `normal`. */
  @Column('varchar', { length: 255 }) status: string;
  @Column('boolean') enableSite: boolean;
  @Column('boolean') enableApi: boolean;
  /** Calls a minute; 0: no limit. */
  @Column('integer') apiRpm: number;
  /** Calls an hour; 0: no limit. */
  @Column('integer') apiRph: number;
  @Column('boolean') isDemo: boolean;
  @Column('boolean') isPublic: boolean;
  @Column('boolean') isUniversal: boolean;
  /** JSON text `{enabled, tracing_provider}`. */
  @Column('text', { nullable: true }) tracing: string | null;
  /** Runs at a time; 0 or null: no limit. */
  @Column('integer', { nullable: true }) maxActiveRequests: number | null;
  @Column('boolean') useIconAsAnswerIcon: boolean;
  @Column('uuid', { nullable: true }) createdBy: string | null;
  @Column('timestamptz') createdAt: Date;
  @Column('uuid', { nullable: true }) updatedBy: string | null;
  @Column('timestamptz') updatedAt: Date;
}
