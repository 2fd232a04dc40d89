import { Module, type OnModuleInit } from '@nestjs/common';
import { ModelRuntime, StandardModelRuntime } from '#engines/model-runtime';
import { WorkspacePurge, WorkspacesModule } from '#features/workspaces';
import { ModelsConfig } from '#platform/config';
import { TenantRows } from '#platform/database';
import { OutboundHttp } from '#platform/http';
import { modelsEntities } from './models.entities.js';
import { DefaultModelRepository } from './repositories/default-model.repository.js';
import { LoadBalancingRepository } from './repositories/load-balancing.repository.js';
import { ModelCredentialRepository } from './repositories/model-credential.repository.js';
import { ModelSettingRepository } from './repositories/model-setting.repository.js';
import { ProviderConfigurationRepository } from './repositories/provider-configuration.repository.js';
import { ProviderCredentialRepository } from './repositories/provider-credential.repository.js';
import { CredentialChecks } from './services/credential-checks.js';
import { CredentialVault } from './services/credential-vault.js';
import { DefaultModelService } from './services/default-model.service.js';
import { LoadBalancer } from './services/load-balancer.js';
import { LoadBalancingService } from './services/load-balancing.service.js';
import { ModelCatalog } from './services/model-catalog.js';
import { ModelCredentialService } from './services/model-credential.service.js';
import { ModelListService } from './services/model-list.service.js';
import { ModelResolver } from './services/model-resolver.js';
import { ModelService } from './services/model.service.js';
import { ProviderConfigurations } from './services/provider-configurations.js';
import { ProviderCredentialService } from './services/provider-credential.service.js';
import { ProviderDirectory } from './services/provider-directory.js';
import { ProviderOverview } from './services/provider-overview.js';

/** For the controllers of this feature only. */
const forHttp = [
  DefaultModelService,
  LoadBalancingService,
  ModelCredentialService,
  ModelListService,
  ProviderCredentialService,
  ProviderDirectory,
  ProviderOverview,
];

/** Models, their providers and credentials. */
@Module({
  imports: [WorkspacesModule],
  providers: [
    {
      provide: ModelRuntime,
      useFactory: (outbound: OutboundHttp, config: ModelsConfig) =>
        new StandardModelRuntime({
          http: outbound.transport('model'),
          timeouts: { headersMs: config.answerTimeoutMs, bodyMs: config.stallTimeoutMs },
        }),
      inject: [OutboundHttp, ModelsConfig],
    },
    ProviderConfigurationRepository,
    ProviderCredentialRepository,
    ModelCredentialRepository,
    ModelSettingRepository,
    DefaultModelRepository,
    LoadBalancingRepository,
    ProviderConfigurations,
    CredentialVault,
    CredentialChecks,
    LoadBalancer,
    ModelCatalog,
    ModelResolver,
    ModelService,
    ...forHttp,
  ],
  exports: [ModelService, ModelCatalog, ...forHttp],
})
export class ModelsModule implements OnModuleInit {
  constructor(
    private readonly workspacePurge: WorkspacePurge,
    private readonly rows: TenantRows,
  ) {}

  onModuleInit(): void {
    this.workspacePurge.register('models', (tenantId, signal) => this.rows.remove(modelsEntities, tenantId, signal));
  }
}
