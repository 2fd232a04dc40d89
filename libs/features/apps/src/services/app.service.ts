import { Injectable } from '@nestjs/common';
import { Cache } from '#platform/bus';
import type { AppMode } from '#platform/http';
import type { AppActor } from '../app-actor.js';
import { AppNotFoundError } from '../apps.errors.js';
import type { AppModelConfigEntity } from '../entities/app-model-config.entity.js';
import type { AppEntity } from '../entities/app.entity.js';
import { AppModelConfigRepository } from '../repositories/app-model-config.repository.js';
import { type AppFilter, AppRepository } from '../repositories/app.repository.js';
import { PUBLISHED_CACHE, publishedKey } from './published-apps.service.js';

/** An app with the configuration in force. */
export interface AppWithConfig {
  app: AppEntity;
  /** Null for graph apps. */
  config: AppModelConfigEntity | null;
}

/** Apps of a workspace: read, listed, changed. */
@Injectable()
export class AppService {
  constructor(
    private readonly apps: AppRepository,
    private readonly configs: AppModelConfigRepository,
    private readonly cache: Cache,
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

  /** Changes an app and gives it back as it is now. */
  async update(actor: AppActor, appId: string, changes: Partial<AppEntity>): Promise<AppWithConfig> {
    await this.get(actor.tenantId, appId);
    await this.apps.update(actor.tenantId, appId, { ...changes, updatedBy: actor.accountId, updatedAt: new Date() });
    await this.cache.invalidate(PUBLISHED_CACHE, publishedKey(actor.tenantId, appId));
    return this.getWithConfig(actor.tenantId, appId);
  }
}
