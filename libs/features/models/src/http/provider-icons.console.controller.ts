import { Get, Param, Res } from '@nestjs/common';
import { InvalidParamError } from '#common';
import { ConsoleController, type HttpReply, Public, UuidParam } from '#platform/http';
import { ApiBinary } from '#platform/openapi';
import { providerIcon } from '../provider-icon.js';
import { ProviderDirectory } from '../services/provider-directory.js';

const ONE_DAY = 'public, max-age=86400';

/** Pictures of providers, for image tags that send no credentials. */
@ConsoleController('workspaces')
export class ProviderIconsConsoleController {
  constructor(private readonly directory: ProviderDirectory) {}

  /** Get the icon of a provider. */
  @Get(':tenant_id/model-providers/:provider/:icon_type/:lang')
  @Public()
  @ApiBinary('image/svg+xml')
  async icon(
    @UuidParam('tenant_id') _tenantId: string,
    @Param('provider') provider: string,
    @Param('icon_type') iconType: string,
    @Param('lang') _lang: string,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<string> {
    if (iconType !== 'icon_small') throw new InvalidParamError(`Provider ${provider.slice(0, 100)} has no ${iconType.slice(0, 50)}.`);
    const manifest = await this.directory.get(provider);
    reply
      .header('content-type', 'image/svg+xml')
      .header('cache-control', ONE_DAY)
      .header('content-security-policy', "default-src 'none'; sandbox");
    return providerIcon(manifest);
  }
}
