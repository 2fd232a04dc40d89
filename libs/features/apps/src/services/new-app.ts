import { randomCode, uuidv7 } from '#common';
import type { ModelConfigDocument } from '#engines/chat';
import type { AppMode } from '#platform/http';
import type { AppActor } from '../app-actor.js';
import { AppEntity, type IconType } from '../entities/app.entity.js';
import { InstalledAppEntity } from '../entities/installed-app.entity.js';
import { SiteEntity } from '../entities/site.entity.js';

/** What a new app is made of. */
export interface NewApp {
  name: string;
  mode: AppMode;
  description?: string | null;
  iconType?: IconType | null;
  icon?: string | null;
  iconBackground?: string | null;
  /** Its configuration, already checked; the workspace's default model when left out. */
  config?: ModelConfigDocument;
}

const SITE_CODE_LENGTH = 16;

/** The row of a new app, without a configuration. */
export function newApp(actor: AppActor, request: NewApp): AppEntity {
  const now = new Date();
  return Object.assign(new AppEntity(), {
    id: uuidv7(),
    tenantId: actor.tenantId,
    name: request.name,
    description: request.description ?? '',
    mode: request.mode,
    iconType: request.iconType ?? null,
    icon: request.icon ?? null,
    iconBackground: request.iconBackground ?? null,
    appModelConfigId: null,
    workflowId: null,
    status: 'normal',
    enableSite: true,
    enableApi: true,
    apiRpm: 0,
    apiRph: 0,
    isDemo: false,
    isPublic: false,
    isUniversal: false,
    tracing: null,
    maxActiveRequests: null,
    useIconAsAnswerIcon: false,
    createdBy: actor.accountId,
    createdAt: now,
    updatedBy: actor.accountId,
    updatedAt: now,
  });
}

/** The row of a new app's public page. */
export function newSite(actor: AppActor, app: AppEntity): SiteEntity {
  return Object.assign(new SiteEntity(), {
    id: uuidv7(),
    tenantId: app.tenantId,
    appId: app.id,
    title: app.name,
    iconType: app.iconType,
    icon: app.icon,
    iconBackground: app.iconBackground,
    description: null,
    defaultLanguage: actor.language ?? 'en-US',
    chatColorTheme: null,
    chatColorThemeInverted: false,
    chatPageBackgroundColor: null,
    copyright: null,
    privacyPolicy: null,
    defaultUserAvatarUrl: null,
    customDisclaimer: '',
    customizeDomain: null,
    customizeTokenStrategy: 'not_allow',
    enableHomepage: false,
    promptPublic: false,
    showWorkflowSteps: true,
    showAnswerDisclaimer: false,
    useIconAsAnswerIcon: false,
    status: 'normal',
    code: randomCode(SITE_CODE_LENGTH),
    createdBy: actor.accountId,
    createdAt: app.createdAt,
    updatedBy: actor.accountId,
    updatedAt: app.updatedAt,
  });
}

/** The row that puts a new app on its workspace's explore page. */
export function newInstalledApp(app: AppEntity): InstalledAppEntity {
  return Object.assign(new InstalledAppEntity(), {
    id: uuidv7(),
    tenantId: app.tenantId,
    appId: app.id,
    appOwnerTenantId: app.tenantId,
    position: 0,
    isPinned: false,
    lastUsedAt: null,
    createdAt: app.createdAt,
  });
}
