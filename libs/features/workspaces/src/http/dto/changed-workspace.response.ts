import { TenantResponse } from './tenant.response.js';

/** The workspace after a change. */
export class ChangedWorkspaceResponse {
  /** Always `success`. @example success */
  result: 'success';
  /** That workspace. */
  tenant: TenantResponse;

  static from(tenant: TenantResponse): ChangedWorkspaceResponse {
    return Object.assign(new ChangedWorkspaceResponse(), { result: 'success', tenant });
  }
}
