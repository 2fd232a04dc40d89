import { I18nResponse } from './i18n.response.js';

/** Links to the icon of a provider, in both languages. `base` is the public address of the console API, or the address the caller used. */
export function iconLinks(base: string, tenantId: string, provider: string): I18nResponse {
  const path = `${base}/console/api/workspaces/${tenantId}/model-providers/${provider}/icon_small`;
  return I18nResponse.from({ en_US: `${path}/en_US`, zh_Hans: `${path}/zh_Hans` });
}
