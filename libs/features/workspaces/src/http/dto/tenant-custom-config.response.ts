import { parseLook } from '../../workspace-look.js';

/** How a workspace changed the look of its web apps. */
export class TenantCustomConfigResponse {
  /** Whether the product's name is hidden. @example false */
  remove_webapp_brand: boolean;
  /** Link to the logo that replaces the product's. @example http://127.0.0.1:5001/files/workspaces/018f0000-0000-7000-8000-000000000001/webapp-logo */
  replace_webapp_logo: string | null;

  /** Reads the stored JSON; broken or missing JSON gives the defaults. */
  static from(tenantId: string, stored: string | null, filesBase: string): TenantCustomConfigResponse {
    const { removeBrand, logoFileId } = parseLook(stored);
    return Object.assign(new TenantCustomConfigResponse(), {
      remove_webapp_brand: removeBrand,
      replace_webapp_logo: logoFileId !== null ? `${filesBase}/files/workspaces/${tenantId}/webapp-logo` : null,
    });
  }
}
