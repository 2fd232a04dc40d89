import { Body, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { InvalidParamError, isJsonObject } from '#common';
import {
  ConsoleAccess,
  ConsoleController,
  type ConsolePrincipal,
  CurrentConsole,
  RequestOrigin,
  ResultResponse,
  UuidParam,
} from '#platform/http';
import type { IconType } from '../entities/app.entity.js';
import type { SiteEntity } from '../entities/site.entity.js';
import { ApiKeyService } from '../services/api-key.service.js';
import { AppConfigService } from '../services/app-config.service.js';
import { AppService } from '../services/app.service.js';
import { SiteService } from '../services/site.service.js';
import { AppPresenter } from './app-presenter.js';
import { actorOf } from './apps.console.controller.js';
import { ApiKeyListResponse, ApiKeyResponse } from './dto/api-key.response.js';
import { SwitchTraceRequest } from './dto/app-changes.request.js';
import { AppTraceResponse } from './dto/app-page.response.js';
import { SaveModelConfigRequest } from './dto/save-model-config.request.js';
import { SiteResponse } from './dto/site.response.js';
import { UpdateSiteRequest } from './dto/update-site.request.js';

/** Settings of an app: model configuration, keys, public page, tracing (contract console-apps 4, 5). */
@ConsoleController('apps/:app_id', { tag: 'app settings' })
export class AppSettingsConsoleController {
  constructor(
    private readonly apps: AppService,
    private readonly configs: AppConfigService,
    private readonly keys: ApiKeyService,
    private readonly sites: SiteService,
    private readonly presenter: AppPresenter,
  ) {}

  /** Save the model configuration of a chat, agent or completion app. */
  @ConsoleAccess({ role: 'edit' })
  @Post('model-config')
  async saveConfig(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: SaveModelConfigRequest,
  ): Promise<ResultResponse> {
    await this.configs.save(actorOf(me), appId, { ...body });
    return ResultResponse.success();
  }

  /** List the API keys of an app, with their texts. */
  @ConsoleAccess()
  @Get('api-keys')
  async listKeys(@CurrentConsole() me: ConsolePrincipal, @UuidParam('app_id') appId: string): Promise<ApiKeyListResponse> {
    return { data: (await this.keys.list(me.tenantId, appId)).map((key) => ApiKeyResponse.from(key)) };
  }

  /** Create an API key; an app has ten at most. */
  @ConsoleAccess({ role: 'edit' })
  @Post('api-keys')
  @HttpCode(201)
  async createKey(@CurrentConsole() me: ConsolePrincipal, @UuidParam('app_id') appId: string): Promise<ApiKeyResponse> {
    return ApiKeyResponse.from(await this.keys.create(me.tenantId, appId));
  }

  /** Delete an API key. It is refused within a second. */
  @ConsoleAccess({ role: 'admin' })
  @Delete('api-keys/:api_key_id')
  @HttpCode(204)
  async deleteKey(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @UuidParam('api_key_id') keyId: string,
  ): Promise<void> {
    await this.keys.delete(me.tenantId, appId, keyId);
  }

  /** Change the public page of an app. */
  @ConsoleAccess({ role: 'edit' })
  @Post('site')
  async updateSite(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: UpdateSiteRequest,
    @RequestOrigin() origin: string,
  ): Promise<SiteResponse> {
    await this.apps.get(me.tenantId, appId);
    return this.shown(await this.sites.update(me, appId, siteChangesOf(body)), origin);
  }

  /** Give the public page a new address. */
  @ConsoleAccess({ role: 'admin' })
  @Post('site/access-token-reset')
  async resetSite(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @RequestOrigin() origin: string,
  ): Promise<SiteResponse> {
    await this.apps.get(me.tenantId, appId);
    return this.shown(await this.sites.resetCode(me, appId), origin);
  }

  /** Tell whether runs of an app are traced. */
  @ConsoleAccess()
  @Get('trace')
  async trace(@CurrentConsole() me: ConsolePrincipal, @UuidParam('app_id') appId: string): Promise<AppTraceResponse> {
    return traceOf((await this.apps.get(me.tenantId, appId)).tracing);
  }

  /** Switch the tracing of an app's runs. */
  @ConsoleAccess({ role: 'edit' })
  @Post('trace')
  async switchTrace(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: SwitchTraceRequest,
  ): Promise<ResultResponse> {
    if (body.enabled && !body.tracing_provider)
      throw new InvalidParamError('tracing_provider is required when tracing is switched on.', { params: 'tracing_provider' });
    await this.apps.update(actorOf(me), appId, {
      tracing: JSON.stringify({ enabled: body.enabled, tracing_provider: body.tracing_provider ?? null }),
    });
    return ResultResponse.success();
  }

  private shown(site: SiteEntity, origin: string): SiteResponse {
    return SiteResponse.from(site, { avatarUrl: this.presenter.avatarUrl(site, origin) });
  }
}

function siteChangesOf(body: UpdateSiteRequest): Parameters<SiteService['update']>[2] {
  const changes = Object.entries(body).map(([key, value]) => [
    key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value as unknown,
  ]);
  return Object.fromEntries(changes.filter(([, value]) => value !== null && value !== undefined)) as { iconType?: IconType };
}

function traceOf(text: string | null): AppTraceResponse {
  const stored: unknown = text === null ? {} : JSON.parse(text);
  if (!isJsonObject(stored)) return { enabled: false, tracing_provider: null };
  return {
    enabled: stored.enabled === true,
    tracing_provider: typeof stored.tracing_provider === 'string' ? stored.tracing_provider : null,
  };
}
