import { Body, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ServerConfig } from '#platform/config';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, RequestOrigin } from '#platform/http';
import { ModelCatalog } from '../services/model-catalog.js';
import { ModelListService } from '../services/model-list.service.js';
import { providerContext } from './console-base.js';
import { ModelNameRequest } from './dto/model-name.request.js';
import { ModelResultResponse } from './dto/model-result.response.js';
import { ProviderModelsResponse } from './dto/model.response.js';
import { ParameterRulesQuery } from './dto/parameter-rules.query.js';
import { ParameterRulesResponse } from './dto/parameter-rules.response.js';
import { SaveModelRequest } from './dto/save-model.request.js';
import { listingOf } from './model-listing.js';

/** The models of a provider (contract console-accounts 11.4). */
@ConsoleController('workspaces/current/model-providers')
export class ProviderModelsConsoleController {
  constructor(
    private readonly catalog: ModelCatalog,
    private readonly models: ModelListService,
    private readonly config: ServerConfig,
  ) {}

  /** List the models of a provider, whatever their status. */
  @Get(':provider/models')
  @ConsoleAccess()
  async list(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @RequestOrigin() origin: string,
  ): Promise<ProviderModelsResponse> {
    return ProviderModelsResponse.from(
      await this.catalog.ofProvider(me.tenantId, provider),
      providerContext(me.tenantId, this.config, origin),
    );
  }

  /** Put a model on the list, or change how its calls are shared. */
  @Post(':provider/models')
  @ConsoleAccess({ role: 'admin' })
  async save(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: SaveModelRequest,
  ): Promise<ModelResultResponse> {
    await this.models.save(me.tenantId, { provider, model: body.model, modelType: body.model_type }, listingOf(body));
    return ModelResultResponse.success();
  }

  /** Take a model off the list; its credentials stay. */
  @Delete(':provider/models')
  @HttpCode(204)
  @ConsoleAccess({ role: 'admin' })
  async remove(@CurrentConsole() me: ConsolePrincipal, @Param('provider') provider: string, @Body() body: ModelNameRequest): Promise<void> {
    await this.models.remove(me.tenantId, { provider, model: body.model, modelType: body.model_type });
  }

  /** Enable a model. */
  @Patch(':provider/models/enable')
  @ConsoleAccess()
  async enable(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: ModelNameRequest,
  ): Promise<ModelResultResponse> {
    await this.models.setEnabled(me.tenantId, { provider, model: body.model, modelType: body.model_type }, true);
    return ModelResultResponse.success();
  }

  /** Disable a model. */
  @Patch(':provider/models/disable')
  @ConsoleAccess()
  async disable(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: ModelNameRequest,
  ): Promise<ModelResultResponse> {
    await this.models.setEnabled(me.tenantId, { provider, model: body.model, modelType: body.model_type }, false);
    return ModelResultResponse.success();
  }

  /** List the parameters of an llm. */
  @Get(':provider/models/parameter-rules')
  @ConsoleAccess()
  async parameterRules(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Query() query: ParameterRulesQuery,
  ): Promise<ParameterRulesResponse> {
    return ParameterRulesResponse.from(await this.models.parameterRules(me.tenantId, { provider, model: query.model }));
  }
}
