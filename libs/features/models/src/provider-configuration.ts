import type { ModelType } from '#engines/model-runtime';

/** A credential by name, without what it holds. */
export interface CredentialRef {
  id: string;
  name: string;
}

/** A credential as stored: secrets encrypted. `version` changes with every update of the row. */
export interface StoredCredential extends CredentialRef {
  encryptedConfig: string;
  version: string;
}

/** A model the workspace added to a provider's list, with the credential in use; null when that was deleted. */
export interface AddedModel {
  model: string;
  modelType: ModelType;
  credential: StoredCredential | null;
}

/** A credential of one model, without what it holds. */
export interface ModelCredentialRef extends CredentialRef {
  model: string;
  modelType: ModelType;
}

/** What the workspace set for a model. */
export interface ModelSetting {
  model: string;
  modelType: ModelType;
  enabled: boolean;
  loadBalancingEnabled: boolean;
}

/** Where the credential of a balancing entry came from. */
export type CredentialSource = 'provider' | 'custom_model';

/** One of the credentials among which the calls of a model take turns. */
export interface BalancingEntry {
  id: string;
  /** `__inherit__`: whatever credential is in use. */
  name: string;
  model: string;
  modelType: ModelType;
  encryptedConfig: string | null;
  credentialId: string | null;
  source: CredentialSource | null;
  enabled: boolean;
  version: string;
}

/** Everything a workspace has set up for one provider. */
export interface ProviderConfiguration {
  /** Long id. */
  provider: string;
  /** Whether the workspace has a provider record, with or without a credential in use. */
  hasRecord: boolean;
  /** Provider-wide credential in use. */
  credential: StoredCredential | null;
  /** All provider-wide credentials, oldest first. */
  credentials: CredentialRef[];
  /** Added models, oldest first. */
  models: AddedModel[];
  /** All credentials of single models, oldest first. */
  modelCredentials: ModelCredentialRef[];
  settings: ModelSetting[];
  /** Balancing entries, oldest first. */
  balancing: BalancingEntry[];
  /** What the workspace prefers; null when it never chose. */
  preferred: 'custom' | 'system' | null;
}

/** The configuration of a provider nobody touched yet. */
export function emptyConfiguration(provider: string): ProviderConfiguration {
  return {
    provider,
    hasRecord: false,
    credential: null,
    credentials: [],
    models: [],
    modelCredentials: [],
    settings: [],
    balancing: [],
    preferred: null,
  };
}

/** What the workspace set for a model; the defaults when it set nothing. */
export function settingOf(
  configuration: ProviderConfiguration,
  model: string,
  modelType: ModelType,
): { enabled: boolean; loadBalancingEnabled: boolean } {
  return (
    configuration.settings.find((setting) => setting.model === model && setting.modelType === modelType) ?? {
      enabled: true,
      loadBalancingEnabled: false,
    }
  );
}

/** The entry of an added model; undefined when the workspace did not add it. */
export function addedModel(configuration: ProviderConfiguration, model: string, modelType: ModelType): AddedModel | undefined {
  return configuration.models.find((added) => added.model === model && added.modelType === modelType);
}

/** The balancing entries of a model, oldest first. */
export function balancingOf(configuration: ProviderConfiguration, model: string, modelType: ModelType): BalancingEntry[] {
  return configuration.balancing.filter((entry) => entry.model === model && entry.modelType === modelType);
}

/** Whether the workspace has anything of its own for the provider. */
export function isConfigured(configuration: ProviderConfiguration): boolean {
  return configuration.credentials.length > 0 || configuration.models.length > 0;
}
