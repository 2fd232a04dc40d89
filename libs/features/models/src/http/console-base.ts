import type { ServerConfig } from '#platform/config';
import type { ProviderContext } from './dto/provider-summary.response.js';

/** Where links to icons of a workspace's providers begin: the configured address of the console API, else the one the caller used. */
export function providerContext(tenantId: string, config: ServerConfig, origin: string): ProviderContext {
  return { tenantId, base: config.consoleApiUrl === '' ? origin : config.consoleApiUrl.replace(/\/+$/, '') };
}
