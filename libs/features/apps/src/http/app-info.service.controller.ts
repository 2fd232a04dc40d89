import { Get } from '@nestjs/common';
import { parametersOf } from '#engines/chat';
import { UploadsConfig } from '#platform/config';
import {
  AppKeyAccess,
  type AppKeyPrincipal,
  COMPATIBLE_VERSION,
  CurrentApp,
  Public,
  RequestOrigin,
  ServiceController,
  UuidParam,
} from '#platform/http';
import { AppUnavailableError, SiteForbiddenError } from '../apps.errors.js';
import { AppService } from '../services/app.service.js';
import { EndUserService } from '../services/end-user.service.js';
import { PublishedApps } from '../services/published-apps.service.js';
import { SiteService } from '../services/site.service.js';
import { AppPresenter } from './app-presenter.js';
import { AppInfoResponse, AppMetaResponse, AppParametersResponse, EndUserResponse, WelcomeResponse } from './dto/app-info.response.js';
import { ServiceSiteResponse } from './dto/site.response.js';

/** What an API client can learn about its app (contract service-and-web-api 11). */
@ServiceController('', { tag: 'app' })
export class AppInfoServiceController {
  constructor(
    private readonly published: PublishedApps,
    private readonly apps: AppService,
    private readonly sites: SiteService,
    private readonly users: EndUserService,
    private readonly presenter: AppPresenter,
    private readonly uploads: UploadsConfig,
  ) {}

  /** Say hello. */
  @Public()
  @Get()
  welcome(): WelcomeResponse {
    return { welcome: 'Baya OpenAPI', api_version: 'v1', server_version: COMPATIBLE_VERSION };
  }

  /** Get the form, features and limits of the app. */
  @AppKeyAccess()
  @Get('parameters')
  async parameters(@CurrentApp() caller: AppKeyPrincipal): Promise<AppParametersResponse> {
    const published = await this.published.find(caller.tenantId, caller.appId);
    if (!published?.config) throw new AppUnavailableError();
    const limits = this.uploads;
    return parametersOf(published.config, {
      systemParameters: {
        image_file_size_limit: limits.imageFileSizeLimit,
        video_file_size_limit: limits.videoFileSizeLimit,
        audio_file_size_limit: limits.audioFileSizeLimit,
        file_size_limit: limits.fileSizeLimit,
        workflow_file_upload_limit: limits.workflowFileUploadLimit,
      },
    }) as AppParametersResponse;
  }

  /** Get the name, mode and maker of the app. */
  @AppKeyAccess()
  @Get('info')
  async info(@CurrentApp() caller: AppKeyPrincipal): Promise<AppInfoResponse> {
    const app = await this.apps.get(caller.tenantId, caller.appId);
    return { name: app.name, description: app.description, tags: [], mode: app.mode, author_name: await this.apps.authorName(app) };
  }

  /** Get the pictures of the app's tools. */
  @AppKeyAccess()
  @Get('meta')
  meta(): AppMetaResponse {
    return { tool_icons: {} };
  }

  /** Get the public page of the app. */
  @AppKeyAccess()
  @Get('site')
  async site(@CurrentApp() caller: AppKeyPrincipal, @RequestOrigin() origin: string): Promise<ServiceSiteResponse> {
    const site = await this.sites.find(caller.tenantId, caller.appId);
    if (!site) throw new SiteForbiddenError();
    return ServiceSiteResponse.from(site, {
      iconUrl: this.presenter.iconUrl(site, origin),
      avatarUrl: this.presenter.avatarUrl(site, origin),
    });
  }

  /** Get an end user of the app. */
  @AppKeyAccess()
  @Get('end-users/:end_user_id')
  async endUser(@CurrentApp() caller: AppKeyPrincipal, @UuidParam('end_user_id') id: string): Promise<EndUserResponse> {
    const user = await this.users.get(caller.tenantId, caller.appId, id);
    return {
      id: user.id,
      tenant_id: user.tenantId,
      app_id: user.appId,
      type: user.type,
      external_user_id: user.externalUserId,
      name: user.name,
      is_anonymous: user.isAnonymous,
      session_id: user.sessionId,
      created_at: user.createdAt.toISOString(),
      updated_at: user.updatedAt.toISOString(),
    };
  }
}
