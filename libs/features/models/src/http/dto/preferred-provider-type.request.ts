import { IsIn } from 'class-validator';

/** Whose credentials of a provider are preferred. */
export class PreferredProviderTypeRequest {
  /** The workspace's own or the system's. @example custom */
  @IsIn(['custom', 'system'])
  preferred_provider_type: 'custom' | 'system';
}
