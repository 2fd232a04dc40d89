import type { Credentials } from '#engines/model-runtime';
import type { CredentialRef } from '../../provider-configuration.js';
import type { ShownBalancingEntry } from '../../services/load-balancing.service.js';
import type { ShownModelCredential } from '../../services/model-credential.service.js';
import { CredentialRefResponse } from './provider.response.js';

/** Credentials of a provider. */
export class ProviderCredentialsResponse {
  /** Value by field of the form; secrets masked; empty when there are none. @example {"api_key":"sk-abc************yz"} */
  credentials: Record<string, unknown>;

  static from(credentials: Credentials): ProviderCredentialsResponse {
    return Object.assign(new ProviderCredentialsResponse(), { credentials });
  }
}

/** One of the credentials among which calls take turns. */
export class BalancingEntryResponse {
  /** Id of the entry. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  id: string;
  /** `__inherit__`: the credential in use. @example __inherit__ */
  name: string;
  /** Secrets masked. @example {} */
  credentials: Record<string, unknown>;
  /** Credential it was copied from. @example null */
  credential_id: string | null;
  /** Whether calls go to it. */
  enabled: boolean;
  /** Whether it is left out at present after an error. @example false */
  in_cooldown: boolean;
  /** For how long still. Unit: seconds. @example 0 */
  ttl: number;

  static from(entry: ShownBalancingEntry): BalancingEntryResponse {
    return Object.assign(new BalancingEntryResponse(), {
      id: entry.id,
      name: entry.name,
      credentials: entry.credentials,
      credential_id: entry.credentialId,
      enabled: entry.enabled,
      in_cooldown: entry.secondsLeft > 0,
      ttl: entry.secondsLeft,
    });
  }
}

/** How calls of a model are shared among credentials. */
export class LoadBalancingResponse {
  /** Whether calls are shared. */
  enabled: boolean;
  /** Who shares the calls. */
  configs: BalancingEntryResponse[];
}

/** Credentials of a model. */
export class ModelCredentialsResponse {
  /** Value by field of the form; secrets masked; empty when there are none. @example {"api_key":"sk-abc************yz"} */
  credentials: Record<string, unknown>;
  /** Credential in use. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  current_credential_id: string | null;
  /** Name of the credentials in use; null when there are none. @example "API KEY 1" */
  current_credential_name: string | null;
  /** How calls are shared. */
  load_balancing: LoadBalancingResponse;
  /** All saved credentials. */
  available_credentials: CredentialRefResponse[];

  static from(
    shown: ShownModelCredential,
    balancing: { enabled: boolean; entries: readonly ShownBalancingEntry[] },
    available: readonly CredentialRef[],
  ): ModelCredentialsResponse {
    return Object.assign(new ModelCredentialsResponse(), {
      credentials: shown.credentials,
      current_credential_id: shown.credential?.id ?? null,
      current_credential_name: shown.credential?.name ?? null,
      load_balancing: Object.assign(new LoadBalancingResponse(), {
        enabled: balancing.enabled,
        configs: balancing.entries.map((entry) => BalancingEntryResponse.from(entry)),
      }),
      available_credentials: available.map((credential) => CredentialRefResponse.from(credential)),
    });
  }
}
