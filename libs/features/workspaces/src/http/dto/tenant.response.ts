import { unixSeconds } from '#common';
import type { MembershipView } from '../../repositories/membership.repository.js';
import { TenantCustomConfigResponse } from './tenant-custom-config.response.js';

/** A workspace as its member sees it. */
export class TenantResponse {
  /** Id of the workspace. @example 01935c1e-7b9a-7000-8000-000000000002 */
  id: string;
  /** Name of the workspace. @example "Ada's Workspace" */
  name: string;
  /** Kept for clients; there are no plans. @example basic */
  plan: string;
  /** `normal` or `archive`. @example normal */
  status: string;
  /** When it was made; Unix seconds. @example 1795422647 */
  created_at: number;
  /** The caller's role. @example owner */
  role: string;
  /** Always null; there are no trials. @example null */
  in_trial: boolean | null;
  /** Always null; there are no trials. */
  trial_end_reason: null;
  /** Look of the web apps; null unless the installation lets workspaces change it. @example null */
  custom_config: TenantCustomConfigResponse | null;
  /** Always null; there are no credits. */
  trial_credits: null;
  /** Always null; there are no credits. */
  trial_credits_used: null;
  /** Always null; there are no credits. */
  next_credit_reset_date: null;

  /** Makes the answer; `filesBase` is null where workspaces can't change the look of web apps. */
  static from(membership: MembershipView, filesBase: string | null): TenantResponse {
    return Object.assign(new TenantResponse(), {
      id: membership.id,
      name: membership.name,
      plan: membership.plan,
      status: membership.status,
      created_at: unixSeconds(membership.createdAt),
      role: membership.role,
      in_trial: null,
      trial_end_reason: null,
      custom_config: filesBase === null ? null : TenantCustomConfigResponse.from(membership.id, membership.customConfig, filesBase),
      trial_credits: null,
      trial_credits_used: null,
      next_credit_reset_date: null,
    });
  }
}
