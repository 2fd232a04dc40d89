import { Injectable } from '@nestjs/common';
import { InvalidParamError, isJsonObject, randomCode, uuidv7 } from '#common';
import {
  type FullModelConfig,
  type ModelConfigDocument,
  ModelConfigError,
  toStoredModelConfig,
  validateAppModelConfig,
} from '#engines/chat';
import { Cache } from '#platform/bus';
import { Transactions, type Tx } from '#platform/database';
import type { AppMode } from '#platform/http';
import { Jobs } from '#platform/jobs';
import { isEasyMode } from '../app-modes.js';
import { AppNotFoundError } from '../apps.errors.js';
import type { AppModelConfigEntity } from '../entities/app-model-config.entity.js';
import { AppEntity, type IconType } from '../entities/app.entity.js';
import { InstalledAppEntity } from '../entities/installed-app.entity.js';
import { SiteEntity } from '../entities/site.entity.js';
import { purgeApp } from '../jobs/purge-app.job.js';
import { AppCreation } from '../registries/app-creation.js';
import { AppModels } from '../registries/app-models.port.js';
import { ApiKeyRepository } from '../repositories/api-key.repository.js';
import { AppModelConfigRepository } from '../repositories/app-model-config.repository.js';
import { type AppFilter, AppRepository } from '../repositories/app.repository.js';
import { SiteRepository } from '../repositories/site.repository.js';
import { KEY_CACHE } from './api-key.service.js';
import { PUBLISHED_CACHE, publishedKey } from './published-apps.service.js';
import { rowOfConfig } from './stored-config.js';

/** Who asks, in which workspace. */
export interface AppActor {
  tenantId: string;
  accountId: string | null;
  /** Becomes the language of a new app's page. */
  language?: string | null;
}

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

/** An app with the configuration in force. */
export interface AppWithConfig {
  app: AppEntity;
  /** Null for graph apps. */
  config: AppModelConfigEntity | null;
}

const SITE_CODE_LENGTH = 16;

/** Apps of a workspace. */
@Injectable()
export class AppService {
  constructor(
    private readonly apps: AppRepository,
    private readonly configs: AppModelConfigRepository,
    private readonly sites: SiteRepository,
    private readonly keys: ApiKeyRepository,
    private readonly models: AppModels,
    private readonly creation: AppCreation,
    private readonly transactions: Transactions,
    private readonly cache: Cache,
    private readonly jobs: Jobs,
  ) {}

  /** The app. Throws `app_not_found` (404) when the workspace has no such app, or one of another mode than those given. */
  async get(tenantId: string, appId: string, modes?: readonly AppMode[]): Promise<AppEntity> {
    const app = await this.apps.find(tenantId, appId);
    if (app?.status !== 'normal') throw new AppNotFoundError();
    if (modes && !modes.includes(app.mode)) throw new AppNotFoundError(`App mode is not in the supported list: ${modes.join(', ')}.`);
    return app;
  }

  /** The app with its configuration. */
  async getWithConfig(tenantId: string, appId: string): Promise<AppWithConfig> {
    const app = await this.get(tenantId, appId);
    return { app, config: app.appModelConfigId === null ? null : await this.configs.find(tenantId, app.appModelConfigId) };
  }

  /** One page of apps with their configurations and the names of their makers. */
  async list(tenantId: string, filter: AppFilter): Promise<{ items: AppWithConfig[]; authors: Map<string, string>; total: number }> {
    const { apps, total } = await this.apps.list(tenantId, filter);
    const present = <T>(value: T | null): value is T => value !== null;
    const configs = await this.configs.findMany(tenantId, apps.map((app) => app.appModelConfigId).filter(present));
    const authors = await this.apps.authorNames([...new Set(apps.map((app) => app.createdBy).filter(present))]);
    return { items: apps.map((app) => ({ app, config: configs.get(app.appModelConfigId ?? '') ?? null })), authors, total };
  }

  /** Name of the account that made an app; null when it is gone. */
  async authorName(app: Pick<AppEntity, 'createdBy'>): Promise<string | null> {
    return app.createdBy === null ? null : ((await this.apps.authorNames([app.createdBy])).get(app.createdBy) ?? null);
  }

  /** Makes an app with its configuration, public page and place on the explore page, all or nothing (contract console-apps 2.3). */
  async create(actor: AppActor, request: NewApp, outer?: Tx): Promise<AppWithConfig> {
    const document = isEasyMode(request.mode) ? (request.config ?? (await this.defaultConfig(actor.tenantId, request.mode))) : null;
    const app = newApp(actor, request);
    const config =
      document === null
        ? null
        : rowOfConfig(toStoredModelConfig(document), { id: uuidv7(), tenantId: actor.tenantId, appId: app.id, accountId: actor.accountId });
    app.appModelConfigId = config?.id ?? null;
    await this.transactions.run(async (tx) => {
      await this.apps.insert(app, tx);
      if (config) await this.configs.insert(config, tx);
      await this.sites.insert(newSite(actor, app), tx);
      await this.sites.insertInstalled(newInstalledApp(app), tx);
      await this.creation.created(app, tx);
    }, outer);
    return { app, config };
  }

  /** Changes an app and gives it back as it is now. */
  async update(actor: AppActor, appId: string, changes: Partial<AppEntity>): Promise<AppWithConfig> {
    await this.get(actor.tenantId, appId);
    await this.apps.update(actor.tenantId, appId, { ...changes, updatedBy: actor.accountId, updatedAt: new Date() });
    await this.cache.invalidate(PUBLISHED_CACHE, publishedKey(actor.tenantId, appId));
    return this.getWithConfig(actor.tenantId, appId);
  }

  /** Removes an app and its keys at once, and the rest by a job. */
  async delete(tenantId: string, appId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.apps.delete(tenantId, appId, tx))) throw new AppNotFoundError();
      const hashes = await this.keys.deleteAll(tenantId, appId, tx);
      await this.jobs.enqueue(purgeApp, { tenantId, appId }, { tx });
      this.transactions.afterCommit(tx, async () => {
        for (const hash of hashes) await this.cache.invalidate(KEY_CACHE, hash);
        await this.cache.invalidate(PUBLISHED_CACHE, publishedKey(tenantId, appId));
      });
    });
  }

  /** Makes a second app of the same kind with the same configuration. */
  async copy(
    actor: AppActor,
    appId: string,
    overrides: Partial<NewApp>,
    configOf: (row: AppModelConfigEntity) => FullModelConfig,
  ): Promise<AppWithConfig> {
    const { app, config } = await this.getWithConfig(actor.tenantId, appId);
    const { name, description, iconType, icon, iconBackground } = app;
    const kept = Object.fromEntries(Object.entries(overrides).filter(([, value]) => Boolean(value)));
    return this.create(actor, {
      name,
      description,
      iconType,
      icon,
      iconBackground,
      ...kept,
      mode: app.mode,
      ...(config ? { config: configOf(config) } : {}),
    });
  }

  /** Checks and saves a configuration as a new row, which the app then uses (contract console-apps 5). Throws `invalid_param` (400). */
  async saveConfig(actor: AppActor, appId: string, body: Record<string, unknown>): Promise<void> {
    const app = await this.get(actor.tenantId, appId, ['chat', 'agent-chat', 'completion']);
    const document = await this.checkConfig(actor.tenantId, app.mode, body);
    const config = rowOfConfig(toStoredModelConfig(document), {
      id: uuidv7(),
      tenantId: actor.tenantId,
      appId,
      accountId: actor.accountId,
    });
    await this.transactions.run(async (tx) => {
      await this.configs.insert(config, tx);
      await this.apps.update(
        actor.tenantId,
        appId,
        { mode: modeWith(document, app.mode), appModelConfigId: config.id, updatedBy: actor.accountId, updatedAt: new Date() },
        tx,
      );
      this.transactions.afterCommit(tx, () => this.cache.invalidate(PUBLISHED_CACHE, publishedKey(actor.tenantId, appId)));
    });
  }

  /** The configuration with what the mode keeps of it. Throws `invalid_param` (400) at the first violation. */
  async checkConfig(tenantId: string, mode: AppMode, body: Record<string, unknown>): Promise<ModelConfigDocument> {
    if (!isEasyMode(mode)) throw new AppNotFoundError();
    try {
      return await validateAppModelConfig(mode, body, this.models.factsOf(tenantId));
    } catch (error) {
      throw error instanceof ModelConfigError ? new InvalidParamError(error.message, { cause: error }) : error;
    }
  }

  private async defaultConfig(tenantId: string, mode: AppMode): Promise<ModelConfigDocument> {
    const { provider, name, mode: modelMode } = await this.models.defaultLlm(tenantId);
    const model = { provider, name, mode: modelMode, completion_params: {} };
    if (mode !== 'completion') return { model, prompt_type: 'simple' };
    const form = [{ paragraph: { label: 'Query', variable: 'query', required: true, default: '' } }];
    return { model, prompt_type: 'simple', pre_prompt: '{{query}}', user_input_form: form };
  }
}

/** A chat app whose configuration makes an agent of it is one from then on (contract console-apps 2.6). */
function modeWith(document: ModelConfigDocument, mode: AppMode): AppMode {
  const agent = document.agent_mode;
  const isAgent = isJsonObject(agent) && agent.enabled === true && (agent.strategy === 'function_call' || agent.strategy === 'react');
  return mode === 'chat' && isAgent ? 'agent-chat' : mode;
}

function newApp(actor: AppActor, request: NewApp): AppEntity {
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

function newSite(actor: AppActor, app: AppEntity): SiteEntity {
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

function newInstalledApp(app: AppEntity): InstalledAppEntity {
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
