import { TenantResponse } from './tenant.response.js';

/** The workspace that is now worked in. */
export class SwitchWorkspaceResponse {
  /** Always `success`. @example success */
  result: 'success';
  /** That workspace. */
  new_tenant: TenantResponse;

  static from(tenant: TenantResponse): SwitchWorkspaceResponse {
    return Object.assign(new SwitchWorkspaceResponse(), { result: 'success', new_tenant: tenant });
  }
}
