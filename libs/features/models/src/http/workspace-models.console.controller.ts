import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { ServerConfig } from '#platform/config';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, RequestOrigin } from '#platform/http';
import { DefaultModelService } from '../services/default-model.service.js';
import { ModelCatalog } from '../services/model-catalog.js';
import { ProviderDirectory } from '../services/provider-directory.js';
import { providerContext } from './console-base.js';
import { DefaultModelResponse } from './dto/default-model.response.js';
import { ModelResultResponse } from './dto/model-result.response.js';
import { ModelTypeQuery } from './dto/model-type.query.js';
import { ModelsByTypeResponse } from './dto/models-by-type.response.js';
import { SetDefaultModelsRequest } from './dto/set-default-models.request.js';
import { requireModelType } from './model-type-param.js';

/** The models a workspace can use now, and those it uses where none is named (contract console-accounts 11.4). */
@ConsoleController('workspaces/current')
export class WorkspaceModelsConsoleController {
  constructor(
    private readonly catalog: ModelCatalog,
    private readonly defaults: DefaultModelService,
    private readonly directory: ProviderDirectory,
    private readonly config: ServerConfig,
  ) {}

  /** List the usable models of a type by provider. */
  @Get('models/model-types/:model_type')
  @ConsoleAccess()
  async byType(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('model_type') text: string,
    @RequestOrigin() origin: string,
  ): Promise<ModelsByTypeResponse> {
    const found = await this.catalog.all(me.tenantId, { modelType: requireModelType(text), onlyActive: true });
    return ModelsByTypeResponse.from(found, providerContext(me.tenantId, this.config, origin));
  }

  /** Get the default model of a type. */
  @Get('default-model')
  @ConsoleAccess()
  async defaultModel(
    @CurrentConsole() me: ConsolePrincipal,
    @Query() query: ModelTypeQuery,
    @RequestOrigin() origin: string,
  ): Promise<DefaultModelResponse> {
    const ref = await this.defaults.get(me.tenantId, query.model_type);
    const manifest = ref && (await this.directory.find(ref.provider));
    if (ref === null || manifest === null) return DefaultModelResponse.none();
    return DefaultModelResponse.from(ref.model, query.model_type, manifest, providerContext(me.tenantId, this.config, origin));
  }

  /** Set default models. */
  @Post('default-model')
  @ConsoleAccess({ role: 'admin' })
  async setDefaultModels(@CurrentConsole() me: ConsolePrincipal, @Body() body: SetDefaultModelsRequest): Promise<ModelResultResponse> {
    const choices = body.model_settings.flatMap(({ model_type: modelType, provider, model }) =>
      provider ? [{ modelType, provider, model: model ?? '' }] : [],
    );
    await this.defaults.set(me.tenantId, choices);
    return ModelResultResponse.success();
  }
}
