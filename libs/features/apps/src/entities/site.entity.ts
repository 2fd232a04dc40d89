import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { IconType } from './app.entity.js';

/** The public page of an app. */
@Entity('sites')
@Index('site_tenant_app_idx', ['tenantId', 'appId'], { unique: true })
@Index('site_code_idx', ['code'], { unique: true })
export class SiteEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') appId: string;
  @Column('varchar', { length: 255 }) title: string;
  @Column('varchar', { length: 255, nullable: true }) iconType: IconType | null;
  @Column('varchar', { length: 255, nullable: true }) icon: string | null;
  @Column('varchar', { length: 255, nullable: true }) iconBackground: string | null;
  @Column('text', { nullable: true }) description: string | null;
  @Column('varchar', { length: 255 }) defaultLanguage: string;
  @Column('varchar', { length: 255, nullable: true }) chatColorTheme: string | null;
  @Column('boolean') chatColorThemeInverted: boolean;
  @Column('varchar', { length: 255, nullable: true }) chatPageBackgroundColor: string | null;
  @Column('varchar', { length: 255, nullable: true }) copyright: string | null;
  @Column('varchar', { length: 255, nullable: true }) privacyPolicy: string | null;
  /** Id of an upload, or an address. */
  @Column('varchar', { length: 255, nullable: true }) defaultUserAvatarUrl: string | null;
  @Column('text') customDisclaimer: string;
  @Column('varchar', { length: 255, nullable: true }) customizeDomain: string | null;
  /** `must`, `allow` or `not_allow`. */
  @Column('varchar', { length: 255 }) customizeTokenStrategy: string;
  @Column('boolean') enableHomepage: boolean;
  @Column('boolean') promptPublic: boolean;
  @Column('boolean') showWorkflowSteps: boolean;
  @Column('boolean') showAnswerDisclaimer: boolean;
  @Column('boolean') useIconAsAnswerIcon: boolean;
  /** `normal`. */
  @Column('varchar', { length: 255 }) status: string;
  /** Address of the page: 16 letters and digits. */
  @Column('varchar', { length: 255 }) code: string;
  @Column('uuid', { nullable: true }) createdBy: string | null;
  @Column('timestamptz') createdAt: Date;
  @Column('uuid', { nullable: true }) updatedBy: string | null;
  @Column('timestamptz') updatedAt: Date;
}
