import { Injectable } from '@nestjs/common';
import type { ModelType, ProviderManifest } from '#engines/model-runtime';
import { emptyConfiguration, isConfigured, type CredentialRef, type ProviderConfiguration } from '../provider-configuration.js';
import { modelCredentialsOf } from './model-credential.service.js';
import { ProviderConfigurations } from './provider-configurations.js';
import { needsNoCredentials, ProviderDirectory } from './provider-directory.js';

/** A model with credentials of the workspace, in the provider's list or not. */
export interface ModelSetup {
  model: string;
  modelType: ModelType;
  isListed: boolean;
  credential: CredentialRef | null;
  credentials: CredentialRef[];
}

/** What a workspace set up for a provider, without secrets. */
export interface ProviderSetup {
  isActive: boolean;
  preferred: 'custom' | 'system';
  credential: CredentialRef | null;
  credentials: CredentialRef[];
  models: ModelSetup[];
}

/** A provider as a workspace sees it. */
export interface ListedProvider {
  manifest: ProviderManifest;
  setup: ProviderSetup;
}

/** The page of model providers. */
@Injectable()
export class ProviderOverview {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly configurations: ProviderConfigurations,
  ) {}

  /** All providers, those with models of a type when one is named; those the workspace set up come first. */
  async list(tenantId: string, modelType?: ModelType): Promise<ListedProvider[]> {
    const configurations = await this.configurations.list(tenantId);
    const providers = (await this.directory.list())
      .filter((manifest) => modelType === undefined || manifest.supportedModelTypes.includes(modelType))
      .map((manifest) => ({
        manifest,
        setup: setupOf(manifest, configurations.get(manifest.provider) ?? emptyConfiguration(manifest.provider)),
      }));
    return [...providers.filter(({ setup }) => setup.isActive), ...providers.filter(({ setup }) => !setup.isActive)];
  }
}

function setupOf(manifest: ProviderManifest, configuration: ProviderConfiguration): ProviderSetup {
  return {
    isActive: isConfigured(configuration) || needsNoCredentials(manifest),
    // The system has no credentials to offer, so the workspace's own are used whatever it prefers.
    preferred: configuration.preferred ?? 'custom',
    credential: refOf(configuration.credential),
    credentials: configuration.credentials,
    models: modelsOf(configuration),
  };
}

function modelsOf(configuration: ProviderConfiguration): ModelSetup[] {
  const listed = configuration.models.map(({ model, modelType, credential }) => ({
    model,
    modelType,
    isListed: true,
    credential: refOf(credential),
    credentials: modelCredentialsOf(configuration, { model, modelType }),
  }));
  const names = new Set(listed.map(({ model, modelType }) => `${modelType}:${model}`));
  const unlisted: ModelSetup[] = [];
  for (const { model, modelType } of configuration.modelCredentials) {
    if (names.has(`${modelType}:${model}`)) continue;
    names.add(`${modelType}:${model}`);
    unlisted.push({
      model,
      modelType,
      isListed: false,
      credential: null,
      credentials: modelCredentialsOf(configuration, { model, modelType }),
    });
  }
  return [...listed, ...unlisted];
}

function refOf(credential: CredentialRef | null): CredentialRef | null {
  return credential && { id: credential.id, name: credential.name };
}
