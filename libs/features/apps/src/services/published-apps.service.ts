import { Injectable } from '@nestjs/common';
import { type AppModelConfig, type FullModelConfig, parseAppModelConfig } from '#engines/chat';
import { Cache } from '#platform/bus';
import { isEasyMode } from '../app-modes.js';
import { AppUnavailableError } from '../apps.errors.js';
import type { AppEntity } from '../entities/app.entity.js';
import { AppModelConfigRepository } from '../repositories/app-model-config.repository.js';
import { AppRepository } from '../repositories/app.repository.js';
import { configOfRow } from './stored-config.js';

/** Cache area of published apps; keys by `publishedKey`. */
export const PUBLISHED_CACHE = 'published-app';

/** The workspace is part of the key: another one's question finds nothing, and that must not be what the owner is told next. */
export const publishedKey = (tenantId: string, appId: string): string => `${tenantId}:${appId}`;

/** Cache area of configurations, by workspace, app and their id; a row is never changed. */
const CONFIG_CACHE = 'app-model-config';

/** An app as its callers use it. Shared by all of them: never change it. */
export interface PublishedApp {
  app: Readonly<AppEntity>;
  /** Id of the configuration in force; null for graph apps. */
  configId: string | null;
  /** With the names of the wire; null for graph apps. */
  config: FullModelConfig | null;
  /** Parsed for the pipeline; null for graph apps and for a configuration that can't be run. */
  parsed: AppModelConfig | null;
}

/** Look-up of apps on the run path: nothing is asked of the database while an app is warm. */
@Injectable()
export class PublishedApps {
  constructor(
    private readonly apps: AppRepository,
    private readonly configs: AppModelConfigRepository,
    private readonly cache: Cache,
  ) {}

  /** The app, or null when it is gone. */
  async find(tenantId: string, appId: string): Promise<PublishedApp | null> {
    return this.cache.get(PUBLISHED_CACHE, publishedKey(tenantId, appId), () => this.load(tenantId, appId));
  }

  /** The app with a configuration that runs. Throws `app_unavailable` (400). */
  async getRunnable(
    tenantId: string,
    appId: string,
  ): Promise<PublishedApp & { configId: string; config: FullModelConfig; parsed: AppModelConfig }> {
    const published = await this.find(tenantId, appId);
    if (!published?.config || !published.parsed || published.configId === null) throw new AppUnavailableError();
    return published as PublishedApp & { configId: string; config: FullModelConfig; parsed: AppModelConfig };
  }

  /** A configuration that a conversation began with, though the app may have a newer one; null when it is gone or can't be run. */
  async findConfig(tenantId: string, appId: string, configId: string): Promise<AppModelConfig | null> {
    return this.cache.get(CONFIG_CACHE, `${tenantId}:${appId}:${configId}`, async () => {
      const app = await this.apps.find(tenantId, appId);
      const row = app && isEasyMode(app.mode) ? await this.configs.find(tenantId, configId) : null;
      if (!app || !isEasyMode(app.mode) || row?.appId !== appId) return null;
      return parseOrNull(app.mode, configOfRow(row));
    });
  }

  private async load(tenantId: string, appId: string): Promise<PublishedApp | null> {
    const app = await this.apps.find(tenantId, appId);
    if (!app) return null;
    const row = app.appModelConfigId === null ? null : await this.configs.find(tenantId, app.appModelConfigId);
    const config = row === null ? null : configOfRow(row);
    return { app, configId: row?.id ?? null, config, parsed: config && isEasyMode(app.mode) ? parseOrNull(app.mode, config) : null };
  }
}

/** A configuration without a model can be stored, by an app made before there was any model; it can't be run. */
function parseOrNull(mode: Parameters<typeof parseAppModelConfig>[0], config: FullModelConfig): AppModelConfig | null {
  try {
    return parseAppModelConfig(mode, config);
  } catch {
    return null;
  }
}
