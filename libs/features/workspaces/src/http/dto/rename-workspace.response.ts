import { TenantResponse } from './tenant.response.js';

/** The workspace with its new name. */
export class RenameWorkspaceResponse {
  /** Always `success`. @example success */
  result: 'success';
  /** That workspace. */
  tenant: TenantResponse;

  static from(tenant: TenantResponse): RenameWorkspaceResponse {
    return Object.assign(new RenameWorkspaceResponse(), { result: 'success', tenant });
  }
}
