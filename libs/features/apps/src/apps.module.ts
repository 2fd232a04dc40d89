import { Module, type OnModuleInit } from '@nestjs/common';
import { FilesModule } from '#features/files';
import { ModelsModule } from '#features/models';
import { WorkspacePurge, WorkspacesModule } from '#features/workspaces';
import { TenantRows } from '#platform/database';
import { JobsModule } from '#platform/jobs';
import { ModelsAppModels } from './adapters/models.app-models.js';
import { appsEntities } from './apps.entities.js';
import { AppPresenter } from './http/app-presenter.js';
import { purgeApp } from './jobs/purge-app.job.js';
import { AppCreation } from './registries/app-creation.js';
import { AppModels } from './registries/app-models.port.js';
import { AppPurge } from './registries/app-purge.js';
import { ApiKeyRepository } from './repositories/api-key.repository.js';
import { AppModelConfigRepository } from './repositories/app-model-config.repository.js';
import { AppRepository } from './repositories/app.repository.js';
import { EndUserRepository } from './repositories/end-user.repository.js';
import { SiteRepository } from './repositories/site.repository.js';
import { ApiKeyService } from './services/api-key.service.js';
import { AppKeyAuthenticator } from './services/app-key.authenticator.js';
import { AppConfigService } from './services/app-config.service.js';
import { AppCreationService } from './services/app-creation.service.js';
import { AppDeletionService } from './services/app-deletion.service.js';
import { AppService } from './services/app.service.js';
import { EndUserService } from './services/end-user.service.js';
import { PublishedApps } from './services/published-apps.service.js';
import { SiteService } from './services/site.service.js';
import { WorkspaceStanding } from './services/workspace-standing.js';

/** Apps with their configurations, keys, public pages and end users. */
@Module({
  imports: [FilesModule, ModelsModule, WorkspacesModule, JobsModule.forFeature({ jobs: [purgeApp] })],
  providers: [
    ApiKeyRepository,
    ApiKeyService,
    AppConfigService,
    AppCreation,
    AppCreationService,
    AppDeletionService,
    AppKeyAuthenticator,
    AppModelConfigRepository,
    { provide: AppModels, useClass: ModelsAppModels },
    AppPresenter,
    AppPurge,
    AppRepository,
    AppService,
    EndUserRepository,
    EndUserService,
    PublishedApps,
    SiteRepository,
    SiteService,
    WorkspaceStanding,
  ],
  exports: [
    ApiKeyService,
    AppConfigService,
    AppCreation,
    AppCreationService,
    AppDeletionService,
    AppPresenter,
    AppPurge,
    AppService,
    EndUserService,
    PublishedApps,
    SiteService,
  ],
})
export class AppsModule implements OnModuleInit {
  constructor(
    private readonly purge: AppPurge,
    private readonly configs: AppModelConfigRepository,
    private readonly sites: SiteRepository,
    private readonly users: EndUserRepository,
    private readonly workspacePurge: WorkspacePurge,
    private readonly rows: TenantRows,
  ) {}

  onModuleInit(): void {
    this.purge.register('apps', async (tenantId, appId) => {
      await this.sites.purge(tenantId, appId);
      const hasMoreConfigs = await this.configs.purge(tenantId, appId);
      return (await this.users.purge(tenantId, appId)) || hasMoreConfigs;
    });
    this.workspacePurge.register('apps', (tenantId, signal) => this.rows.remove(appsEntities, tenantId, signal));
  }
}
