import { Injectable } from '@nestjs/common';
import { isUuid } from '#common';
import { ServerConfig } from '#platform/config';
import { FileLinks } from '#features/files';
import type { AppWithConfig } from '../services/app.service.js';
import { SiteService } from '../services/site.service.js';
import { AppDetailWithSiteResponse } from './dto/app.response.js';
import { AppSiteResponse } from './dto/site.response.js';

/** Adds to apps what only the request knows: signed links and addresses. */
@Injectable()
export class AppPresenter {
  constructor(
    private readonly sites: SiteService,
    private readonly links: FileLinks,
    private readonly server: ServerConfig,
  ) {}

  /** A signed link to the picture when it is an upload. */
  iconUrl(owner: { tenantId: string; iconType: string | null; icon: string | null }, origin: string): string | null {
    return owner.iconType === 'image' && owner.icon !== null ? this.links.url(owner.tenantId, owner.icon, origin) : null;
  }

  /** A link to the picture of a page's visitors: an address as it was given, an upload signed. */
  avatarUrl(
    { tenantId, defaultUserAvatarUrl: avatar }: { tenantId: string; defaultUserAvatarUrl: string | null },
    origin: string,
  ): string | null {
    if (avatar === null || avatar === '') return null;
    return isUuid(avatar) ? this.links.url(tenantId, avatar, origin) : avatar;
  }

  async withSite(found: AppWithConfig, origin: string): Promise<AppDetailWithSiteResponse> {
    const site = await this.sites.find(found.app.tenantId, found.app.id);
    return AppDetailWithSiteResponse.from(found, {
      iconUrl: this.iconUrl(found.app, origin),
      apiBaseUrl: `${this.server.serviceApiUrl || origin}/v1`,
      site: site && AppSiteResponse.from(site, { iconUrl: this.iconUrl(site, origin), appBaseUrl: this.server.appWebUrl || origin }),
    });
  }
}
