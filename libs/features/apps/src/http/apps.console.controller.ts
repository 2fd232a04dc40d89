import { Body, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { isUuid, InvalidParamError, pageOf } from '#common';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, RequestOrigin, UuidParam } from '#platform/http';
import type { AppActor } from '../app-actor.js';
import { AppCreationService } from '../services/app-creation.service.js';
import { AppDeletionService } from '../services/app-deletion.service.js';
import { AppService } from '../services/app.service.js';
import type { NewApp } from '../services/new-app.js';
import { AppPresenter } from './app-presenter.js';
import { ChangeAppIconRequest, RenameAppRequest, SwitchApiRequest, SwitchSiteRequest } from './dto/app-changes.request.js';
import { AppPageResponse } from './dto/app-page.response.js';
import { AppDetailResponse, AppDetailWithSiteResponse, AppPartialResponse } from './dto/app.response.js';
import { CopyAppRequest } from './dto/copy-app.request.js';
import { CreateAppRequest } from './dto/create-app.request.js';
import { ListAppsQuery } from './dto/list-apps.query.js';
import { UpdateAppRequest } from './dto/update-app.request.js';

const NAME_LENGTH = 30;

/** Apps of the current workspace (contract console-apps 2). */
@ConsoleController('apps', { tag: 'apps' })
export class AppsConsoleController {
  constructor(
    private readonly apps: AppService,
    private readonly creation: AppCreationService,
    private readonly deletion: AppDeletionService,
    private readonly presenter: AppPresenter,
  ) {}

  /** List apps, newest first. */
  @ConsoleAccess()
  @Get()
  async list(
    @CurrentConsole() me: ConsolePrincipal,
    @Query() query: ListAppsQuery,
    @RequestOrigin() origin: string,
  ): Promise<AppPageResponse> {
    const { page = 1, limit = 20, mode = 'all' } = query;
    const tags = (query.tag_ids ?? '').split(',').filter((id) => id !== '');
    if (!tags.every(isUuid)) throw new InvalidParamError('tag_ids must be UUIDs, comma separated.', { params: 'tag_ids' });
    // Tags come with a later feature: until then no app has one.
    if (tags.length > 0) return pageOf<AppPartialResponse>([], { page, limit, total: 0 });
    const { items, authors, total } = await this.apps.list(me.tenantId, {
      page,
      limit,
      ...(mode === 'all' || mode === 'channel' ? {} : { mode }),
      ...(query.name ? { name: query.name.slice(0, NAME_LENGTH) } : {}),
      ...(query.is_created_by_me === true ? { createdBy: me.accountId } : {}),
    });
    const data = items.map((item) =>
      AppPartialResponse.from(item, {
        authorName: authors.get(item.app.createdBy ?? '') ?? null,
        iconUrl: this.presenter.iconUrl(item.app, origin),
      }),
    );
    return pageOf(data, { page, limit, total });
  }

  /** Create an app. */
  @ConsoleAccess({ role: 'edit' })
  @Post()
  @HttpCode(201)
  async create(@CurrentConsole() me: ConsolePrincipal, @Body() body: CreateAppRequest): Promise<AppDetailResponse> {
    return AppDetailResponse.from(await this.creation.create(actorOf(me), newAppOf(body)));
  }

  /** Get an app with its public page. */
  @ConsoleAccess()
  @Get(':app_id')
  async get(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @RequestOrigin() origin: string,
  ): Promise<AppDetailWithSiteResponse> {
    return this.presenter.withSite(await this.apps.getWithConfig(me.tenantId, appId), origin);
  }

  /** Replace the name, description, picture and limits of an app. */
  @ConsoleAccess({ role: 'edit' })
  @Put(':app_id')
  async update(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: UpdateAppRequest,
    @RequestOrigin() origin: string,
  ): Promise<AppDetailWithSiteResponse> {
    const changes = {
      name: body.name,
      description: body.description ?? '',
      iconType: body.icon_type || null,
      icon: body.icon ?? '',
      iconBackground: body.icon_background ?? '',
      useIconAsAnswerIcon: body.use_icon_as_answer_icon ?? false,
      maxActiveRequests: body.max_active_requests ?? 0,
    };
    return this.presenter.withSite(await this.apps.update(actorOf(me), appId, changes), origin);
  }

  /** Delete an app and everything that belongs to it. */
  @ConsoleAccess({ role: 'edit' })
  @Delete(':app_id')
  @HttpCode(204)
  async delete(@CurrentConsole() me: ConsolePrincipal, @UuidParam('app_id') appId: string): Promise<void> {
    await this.deletion.delete(me.tenantId, appId);
  }

  /** Copy an app. */
  @ConsoleAccess({ role: 'edit' })
  @Post(':app_id/copy')
  @HttpCode(201)
  async copy(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: CopyAppRequest,
    @RequestOrigin() origin: string,
  ): Promise<AppDetailWithSiteResponse> {
    return this.presenter.withSite(await this.creation.copy(actorOf(me), appId, newAppOf(body)), origin);
  }

  /** Rename an app. */
  @ConsoleAccess({ role: 'edit' })
  @Post(':app_id/name')
  async rename(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: RenameAppRequest,
  ): Promise<AppDetailResponse> {
    return AppDetailResponse.from(await this.apps.update(actorOf(me), appId, { name: body.name }));
  }

  /** Change the picture of an app. */
  @ConsoleAccess({ role: 'edit' })
  @Post(':app_id/icon')
  async changeIcon(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: ChangeAppIconRequest,
  ): Promise<AppDetailResponse> {
    return AppDetailResponse.from(
      await this.apps.update(actorOf(me), appId, { icon: body.icon ?? '', iconBackground: body.icon_background ?? '' }),
    );
  }

  /** Switch the public page on or off. */
  @ConsoleAccess({ role: 'edit' })
  @Post(':app_id/site-enable')
  async switchSite(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: SwitchSiteRequest,
  ): Promise<AppDetailResponse> {
    return AppDetailResponse.from(await this.apps.update(actorOf(me), appId, { enableSite: body.enable_site }));
  }

  /** Switch the service API on or off. */
  @ConsoleAccess({ role: 'admin' })
  @Post(':app_id/api-enable')
  async switchApi(
    @CurrentConsole() me: ConsolePrincipal,
    @UuidParam('app_id') appId: string,
    @Body() body: SwitchApiRequest,
  ): Promise<AppDetailResponse> {
    return AppDetailResponse.from(await this.apps.update(actorOf(me), appId, { enableApi: body.enable_api }));
  }
}

function newAppOf(body: CopyAppRequest & { mode?: NewApp['mode'] }): NewApp {
  const { name, description, icon, icon_type: iconType, icon_background: iconBackground, mode = 'chat' } = body;
  return {
    name: name ?? '',
    mode,
    description: description ?? null,
    icon: icon ?? null,
    iconType: iconType ?? null,
    iconBackground: iconBackground ?? null,
  };
}

/** The principal as apps see him. */
export function actorOf(me: ConsolePrincipal): AppActor & { accountId: string } {
  return { tenantId: me.tenantId, accountId: me.accountId, language: me.account.interfaceLanguage };
}
