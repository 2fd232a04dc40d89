import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '#platform/database';
import type { AppActor } from '../app-actor.js';
import { isEasyMode } from '../app-modes.js';
import { AppCreation } from '../registries/app-creation.js';
import { AppModelConfigRepository } from '../repositories/app-model-config.repository.js';
import { AppRepository } from '../repositories/app.repository.js';
import { SiteRepository } from '../repositories/site.repository.js';
import { AppConfigService } from './app-config.service.js';
import { AppService, type AppWithConfig } from './app.service.js';
import { type NewApp, newApp, newInstalledApp, newSite } from './new-app.js';
import { configOfRow, rowOfConfig } from './stored-config.js';

/** Makes apps, new ones and copies. */
@Injectable()
export class AppCreationService {
  constructor(
    private readonly existing: AppService,
    private readonly modelConfigs: AppConfigService,
    private readonly apps: AppRepository,
    private readonly configs: AppModelConfigRepository,
    private readonly sites: SiteRepository,
    private readonly creation: AppCreation,
    private readonly transactions: Transactions,
  ) {}

  /** Makes an app with its configuration, public page and place on the explore page, all or nothing (contract console-apps 2.3). */
  async create(actor: AppActor, request: NewApp, outer?: Tx): Promise<AppWithConfig> {
    const document = isEasyMode(request.mode)
      ? (request.config ?? (await this.modelConfigs.defaultFor(actor.tenantId, request.mode)))
      : null;
    const app = newApp(actor, request);
    const config = document && rowOfConfig(document, { tenantId: actor.tenantId, appId: app.id, accountId: actor.accountId });
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

  /** Makes a second app of the same kind with the same configuration. */
  async copy(actor: AppActor, appId: string, overrides: Partial<NewApp>): Promise<AppWithConfig> {
    const { app, config } = await this.existing.getWithConfig(actor.tenantId, appId);
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
      ...(config ? { config: configOfRow(config) } : {}),
    });
  }
}
