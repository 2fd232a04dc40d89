import { isJsonObject } from '#common';

/** How a workspace changed the look of its web apps. */
export class TenantCustomConfigResponse {
  /** Whether the product's name is hidden. @example false */
  remove_webapp_brand: boolean;
  /** Link to the logo that replaces the product's. @example http://127.0.0.1:5001/files/workspaces/018f0000-0000-7000-8000-000000000001/webapp-logo */
  replace_webapp_logo: string | null;

  /** Reads the stored JSON; broken or missing JSON gives the defaults. */
  static from(tenantId: string, stored: string | null, filesBase: string): TenantCustomConfigResponse {
    const config = parse(stored);
    return Object.assign(new TenantCustomConfigResponse(), {
      remove_webapp_brand: config.remove_webapp_brand === true,
      replace_webapp_logo: config.replace_webapp_logo ? `${filesBase}/files/workspaces/${tenantId}/webapp-logo` : null,
    });
  }
}

function parse(stored: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
