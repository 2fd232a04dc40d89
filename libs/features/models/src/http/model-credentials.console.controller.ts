import { Body, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, UuidParam } from '#platform/http';
import { LoadBalancingService } from '../services/load-balancing.service.js';
import { ModelCredentialService, type ModelName } from '../services/model-credential.service.js';
import { CredentialTrialResponse } from './dto/credential-trial.response.js';
import { ModelCredentialsResponse } from './dto/credentials.response.js';
import { ModelCredentialsQuery } from './dto/model-credentials.query.js';
import { AddModelCredentialRequest, TryModelCredentialsRequest, UpdateModelCredentialRequest } from './dto/model-credentials.request.js';
import { ModelCredentialIdRequest, type ModelNameRequest } from './dto/model-name.request.js';
import { ModelResultResponse } from './dto/model-result.response.js';

/** Credentials of single models (contract console-accounts 11.4). */
@ConsoleController('workspaces/current/model-providers')
export class ModelCredentialsConsoleController {
  constructor(
    private readonly credentials: ModelCredentialService,
    private readonly balancing: LoadBalancingService,
  ) {}

  /** Get credentials of a model, secrets masked. */
  @Get(':provider/models/credentials')
  @ConsoleAccess()
  async show(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Query() query: ModelCredentialsQuery,
  ): Promise<ModelCredentialsResponse> {
    const name = nameOf(provider, query);
    const source = query.config_from === 'predefined-model' ? 'provider' : 'custom_model';
    const shown = await this.credentials.show(me.tenantId, name, query.credential_id);
    const balancing = await this.balancing.show(me.tenantId, name, source);
    return ModelCredentialsResponse.from(shown, balancing, await this.credentials.available(me.tenantId, name, source));
  }

  /** Add credentials to a model; they are tried out first. */
  @Post(':provider/models/credentials')
  @HttpCode(201)
  @ConsoleAccess({ role: 'admin' })
  async add(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: AddModelCredentialRequest,
  ): Promise<ModelResultResponse> {
    await this.credentials.add(me.tenantId, nameOf(provider, body), { credentials: body.credentials, name: body.name });
    return ModelResultResponse.success();
  }

  /** Change credentials of a model; they are tried out first. */
  @Put(':provider/models/credentials')
  @ConsoleAccess({ role: 'admin' })
  async update(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: UpdateModelCredentialRequest,
  ): Promise<ModelResultResponse> {
    await this.credentials.update(me.tenantId, nameOf(provider, body), body.credential_id, {
      credentials: body.credentials,
      name: body.name,
    });
    return ModelResultResponse.success();
  }

  /** Delete credentials of a model. */
  @Delete(':provider/models/credentials')
  @HttpCode(204)
  @ConsoleAccess({ role: 'admin' })
  async remove(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: ModelCredentialIdRequest,
  ): Promise<void> {
    await this.credentials.remove(me.tenantId, nameOf(provider, body), body.credential_id);
  }

  /** Put saved credentials of a model in use. */
  @Post(':provider/models/credentials/switch')
  @ConsoleAccess({ role: 'admin' })
  async switchTo(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: ModelCredentialIdRequest,
  ): Promise<ModelResultResponse> {
    await this.credentials.switchTo(me.tenantId, nameOf(provider, body), body.credential_id);
    return ModelResultResponse.success();
  }

  /** Try credentials of a model out without saving them. */
  @Post(':provider/models/credentials/validate')
  @ConsoleAccess()
  async tryOut(@Param('provider') provider: string, @Body() body: TryModelCredentialsRequest): Promise<CredentialTrialResponse> {
    return CredentialTrialResponse.from(await this.credentials.tryOut(nameOf(provider, body), body.credentials));
  }

  /** Try credentials out with which calls of a model shall be shared. */
  @Post(':provider/models/load-balancing-configs/credentials-validate')
  @ConsoleAccess({ role: 'admin' })
  async tryEntry(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: TryModelCredentialsRequest,
  ): Promise<CredentialTrialResponse> {
    return CredentialTrialResponse.from(await this.balancing.tryOut(me.tenantId, nameOf(provider, body), body.credentials));
  }

  /** Try changed credentials of a load-balancing entry out. */
  @Post(':provider/models/load-balancing-configs/:config_id/credentials-validate')
  @ConsoleAccess({ role: 'admin' })
  async tryChangedEntry(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @UuidParam('config_id') configId: string,
    @Body() body: TryModelCredentialsRequest,
  ): Promise<CredentialTrialResponse> {
    return CredentialTrialResponse.from(await this.balancing.tryOut(me.tenantId, nameOf(provider, body), body.credentials, configId));
  }
}

function nameOf(provider: string, request: ModelNameRequest): ModelName {
  return { provider, model: request.model, modelType: request.model_type };
}
