import { Body, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { InvalidParamError } from '#common';
import { ServerConfig } from '#platform/config';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, RequestOrigin } from '#platform/http';
import { ProviderCredentialService } from '../services/provider-credential.service.js';
import { ProviderOverview } from '../services/provider-overview.js';
import { providerContext } from './console-base.js';
import { CredentialTrialResponse } from './dto/credential-trial.response.js';
import { CredentialQuery } from './dto/credential.query.js';
import { AddCredentialRequest, CredentialIdRequest, TryCredentialsRequest, UpdateCredentialRequest } from './dto/credentials.request.js';
import { ProviderCredentialsResponse } from './dto/credentials.response.js';
import { ModelResultResponse } from './dto/model-result.response.js';
import { ProvidersQuery } from './dto/model-type.query.js';
import { PreferredProviderTypeRequest } from './dto/preferred-provider-type.request.js';
import { ProvidersResponse } from './dto/provider.response.js';

/** Providers of models and their credentials (contract console-accounts 11.3). */
@ConsoleController('workspaces/current/model-providers')
export class ModelProvidersConsoleController {
  constructor(
    private readonly overview: ProviderOverview,
    private readonly credentials: ProviderCredentialService,
    private readonly config: ServerConfig,
  ) {}

  /** List providers. */
  @Get()
  @ConsoleAccess()
  async list(
    @CurrentConsole() me: ConsolePrincipal,
    @Query() query: ProvidersQuery,
    @RequestOrigin() origin: string,
  ): Promise<ProvidersResponse> {
    return ProvidersResponse.from(
      await this.overview.list(me.tenantId, query.model_type),
      providerContext(me.tenantId, this.config, origin),
    );
  }

  /** Buy quota of a provider: nothing is sold here, so it is always refused. */
  @Get(':provider/checkout-url')
  @ConsoleAccess()
  checkout(@Param('provider') provider: string): never {
    throw new InvalidParamError(`Nothing is sold here: enter credentials of your own for ${provider.slice(0, 100)}.`);
  }

  /** Get credentials of a provider, secrets masked. */
  @Get(':provider/credentials')
  @ConsoleAccess()
  async show(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Query() query: CredentialQuery,
  ): Promise<ProviderCredentialsResponse> {
    return ProviderCredentialsResponse.from(await this.credentials.show(me.tenantId, provider, query.credential_id));
  }

  /** Add credentials to a provider; they are tried out first. */
  @Post(':provider/credentials')
  @HttpCode(201)
  @ConsoleAccess({ role: 'admin' })
  async add(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: AddCredentialRequest,
  ): Promise<ModelResultResponse> {
    await this.credentials.add(me.tenantId, provider, { credentials: body.credentials, name: body.name });
    return ModelResultResponse.success();
  }

  /** Change credentials of a provider; they are tried out first. */
  @Put(':provider/credentials')
  @ConsoleAccess({ role: 'admin' })
  async update(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: UpdateCredentialRequest,
  ): Promise<ModelResultResponse> {
    await this.credentials.update(me.tenantId, provider, body.credential_id, { credentials: body.credentials, name: body.name });
    return ModelResultResponse.success();
  }

  /** Delete credentials of a provider. */
  @Delete(':provider/credentials')
  @HttpCode(204)
  @ConsoleAccess({ role: 'admin' })
  async remove(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: CredentialIdRequest,
  ): Promise<void> {
    await this.credentials.remove(me.tenantId, provider, body.credential_id);
  }

  /** Put saved credentials of a provider in use. */
  @Post(':provider/credentials/switch')
  @ConsoleAccess({ role: 'admin' })
  async switchTo(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: CredentialIdRequest,
  ): Promise<ModelResultResponse> {
    await this.credentials.switchTo(me.tenantId, provider, body.credential_id);
    return ModelResultResponse.success();
  }

  /** Try credentials of a provider out without saving them. */
  @Post(':provider/credentials/validate')
  @ConsoleAccess()
  async tryOut(@Param('provider') provider: string, @Body() body: TryCredentialsRequest): Promise<CredentialTrialResponse> {
    return CredentialTrialResponse.from(await this.credentials.tryOut(provider, body.credentials));
  }

  /** Choose between the workspace's own credentials and the system's. */
  @Post(':provider/preferred-provider-type')
  @ConsoleAccess({ role: 'admin' })
  async prefer(
    @CurrentConsole() me: ConsolePrincipal,
    @Param('provider') provider: string,
    @Body() body: PreferredProviderTypeRequest,
  ): Promise<ModelResultResponse> {
    await this.credentials.prefer(me.tenantId, provider, body.preferred_provider_type);
    return ModelResultResponse.success();
  }
}
