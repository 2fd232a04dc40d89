import { Injectable } from '@nestjs/common';
import { ModelRuntime } from '#engines/model-runtime';
import type { ModelSchema, ModelType, ProviderManifest } from '#engines/model-runtime';
import { EditionConfig } from '#platform/config';
import { balancingOf, emptyConfiguration, settingOf, type AddedModel, type ProviderConfiguration } from '../provider-configuration.js';
import { CredentialVault } from './credential-vault.js';
import { usableEntries } from './load-balancer.js';
import { ProviderConfigurations } from './provider-configurations.js';
import { modelForm, needsNoCredentials, ProviderDirectory } from './provider-directory.js';

/** Whether a model can be used, and if not, why (contract console-accounts 11.2). */
export type ModelStatus = 'active' | 'no-configure' | 'disabled' | 'credential-removed';

/** A model as a workspace sees it. */
export interface ListedModel {
  provider: ProviderManifest;
  schema: ModelSchema;
  status: ModelStatus;
  loadBalancingEnabled: boolean;
  hasInvalidLoadBalancing: boolean;
}

/** Which models are asked for. */
export interface ModelFilter {
  modelType?: ModelType;
  /** Only what can be called now. */
  onlyActive?: boolean;
}

/** The models of a workspace: predefined ones and those it added, with their status. Reads the database anew: for the console, not for calls. */
@Injectable()
export class ModelCatalog {
  constructor(
    private readonly runtime: ModelRuntime,
    private readonly directory: ProviderDirectory,
    private readonly configurations: ProviderConfigurations,
    private readonly vault: CredentialVault,
    private readonly edition: EditionConfig,
  ) {}

  /** Models of one provider by type name, each type in the provider's own order; none for an unknown provider. */
  async ofProvider(tenantId: string, providerId: string, filter: ModelFilter = {}): Promise<ListedModel[]> {
    const manifest = await this.directory.find(providerId);
    if (manifest === null) return [];
    return this.list(tenantId, manifest, await this.configurations.read(tenantId, manifest.provider), filter);
  }

  /** Models of all providers that have any, in the order of the providers. */
  async all(tenantId: string, filter: ModelFilter): Promise<{ provider: ProviderManifest; models: ListedModel[] }[]> {
    const configurations = await this.configurations.list(tenantId);
    const found: { provider: ProviderManifest; models: ListedModel[] }[] = [];
    for (const provider of await this.directory.list()) {
      if (filter.modelType !== undefined && !provider.supportedModelTypes.includes(filter.modelType)) continue;
      const configuration = configurations.get(provider.provider) ?? emptyConfiguration(provider.provider);
      const models = await this.list(tenantId, provider, configuration, filter);
      if (models.length > 0) found.push({ provider, models });
    }
    return found;
  }

  private async list(
    tenantId: string,
    provider: ProviderManifest,
    configuration: ProviderConfiguration,
    filter: ModelFilter,
  ): Promise<ListedModel[]> {
    const predefined = await this.predefined(provider, configuration, filter);
    const added = await this.added(tenantId, provider, configuration, filter);
    const models = lastOfEach([...predefined, ...added]);
    return models.sort((a, b) => compare(a.schema.modelType, b.schema.modelType));
  }

  private async predefined(provider: ProviderManifest, configuration: ProviderConfiguration, filter: ModelFilter): Promise<ListedModel[]> {
    if (!provider.configurateMethods.includes('predefined-model')) return [];
    const isReady = configuration.credential !== null || needsNoCredentials(provider);
    if (filter.onlyActive && !isReady) return [];
    const schemas = await this.runtime.predefinedModels(provider.provider, filter.modelType);
    return schemas.flatMap((schema) => this.listed(provider, configuration, schema, isReady ? 'active' : 'no-configure', filter));
  }

  private async added(
    tenantId: string,
    provider: ProviderManifest,
    configuration: ProviderConfiguration,
    filter: ModelFilter,
  ): Promise<ListedModel[]> {
    const wanted = configuration.models.filter((added) => filter.modelType === undefined || added.modelType === filter.modelType);
    const found: ListedModel[] = [];
    for (const added of wanted) {
      if (filter.onlyActive && added.credential === null) continue;
      const schema = await this.describe(tenantId, provider, added);
      if (schema !== null) {
        const status = added.credential === null ? 'credential-removed' : 'active';
        found.push(...this.listed(provider, configuration, { ...schema, fetchFrom: 'customizable-model' }, status, filter));
      }
    }
    return found;
  }

  private async describe(tenantId: string, provider: ProviderManifest, added: AddedModel): Promise<ModelSchema | null> {
    const credentials = added.credential === null ? {} : await this.vault.open(tenantId, modelForm(provider), added.credential);
    return this.runtime.modelSchema({ provider: provider.provider, model: added.model, credentials }, added.modelType);
  }

  private listed(
    provider: ProviderManifest,
    configuration: ProviderConfiguration,
    schema: ModelSchema,
    status: ModelStatus,
    filter: ModelFilter,
  ): ListedModel[] {
    const setting = settingOf(configuration, schema.model, schema.modelType);
    if (filter.onlyActive && (!setting.enabled || status !== 'active')) return [];
    const loadBalancingEnabled = this.edition.modelLoadBalancing && setting.loadBalancingEnabled;
    const entries = balancingOf(configuration, schema.model, schema.modelType);
    return [
      {
        provider,
        schema,
        status: setting.enabled ? status : 'disabled',
        loadBalancingEnabled,
        hasInvalidLoadBalancing: loadBalancingEnabled && usableEntries(entries, configuration, schema).length < 2,
      },
    ];
  }
}

/** One model of each name, type and origin; the last one wins. */
function lastOfEach(models: readonly ListedModel[]): ListedModel[] {
  return [...new Map(models.map((model) => [`${model.schema.modelType}:${model.schema.fetchFrom}:${model.schema.model}`, model])).values()];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
