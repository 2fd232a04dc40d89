import { Module } from '@nestjs/common';
import { ModelCredentialsConsoleController } from './http/model-credentials.console.controller.js';
import { ModelProvidersConsoleController } from './http/model-providers.console.controller.js';
import { ProviderIconsConsoleController } from './http/provider-icons.console.controller.js';
import { ProviderModelsConsoleController } from './http/provider-models.console.controller.js';
import { WorkspaceModelsConsoleController } from './http/workspace-models.console.controller.js';
import { WorkspaceModelsServiceController } from './http/workspace-models.service.controller.js';
import { ModelsModule } from './models.module.js';

/** Routes about models. */
@Module({
  imports: [ModelsModule],
  controllers: [
    ModelProvidersConsoleController,
    ModelCredentialsConsoleController,
    ProviderModelsConsoleController,
    WorkspaceModelsConsoleController,
    WorkspaceModelsServiceController,
    ProviderIconsConsoleController,
  ],
})
export class ModelsHttpModule {}
