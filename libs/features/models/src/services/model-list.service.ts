import { Injectable } from '@nestjs/common';
import type { ModelType, ParameterRule } from '#engines/model-runtime';
import { ModelDisabledError, ProviderNotInitializedError, UnknownModelError } from '../models.errors.js';
import type { ModelRef } from '../model-key.js';
import type { CredentialSource } from '../provider-configuration.js';
import { ModelSettingRepository } from '../repositories/model-setting.repository.js';
import { LoadBalancingService, type BalancingEntryDraft } from './load-balancing.service.js';
import { ModelCredentialService, type ModelName } from './model-credential.service.js';
import { ModelResolver } from './model-resolver.js';
import { ProviderConfigurations } from './provider-configurations.js';
import { ProviderDirectory } from './provider-directory.js';

/** How a model shall stand on the list. */
export interface ModelListing {
  /** Credential of the model to put in use; null: none of its own. */
  credentialId: string | null;
  source: CredentialSource;
  /** Null: as it is. */
  balancing: { enabled: boolean; entries: BalancingEntryDraft[] } | null;
}

/** Which models a workspace has on its lists, whether they are on, and what they take. */
@Injectable()
export class ModelListService {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly configurations: ProviderConfigurations,
    private readonly credentials: ModelCredentialService,
    private readonly balancing: LoadBalancingService,
    private readonly settings: ModelSettingRepository,
    private readonly resolver: ModelResolver,
  ) {}

  /** Puts a model on the list, and changes how its calls are shared: both or, when one of them is refused, neither. */
  async save(tenantId: string, name: ModelName, { credentialId, source, balancing }: ModelListing): Promise<void> {
    const { provider } = await this.directory.get(name.provider);
    const add = credentialId === null ? null : await this.credentials.planUse(tenantId, name, credentialId);
    const share = balancing === null ? null : await this.balancing.plan(tenantId, name, source, balancing);
    await this.configurations.change(tenantId, provider, async (tx) => {
      await add?.(tx);
      await share?.(tx);
    });
  }

  /** Takes a model off the list. */
  remove(tenantId: string, name: ModelName): Promise<void> {
    return this.credentials.removeFromList(tenantId, name);
  }

  /** Switches a model on or off for the whole workspace. */
  async setEnabled(tenantId: string, name: ModelName, enabled: boolean): Promise<void> {
    const { provider } = await this.directory.get(name.provider);
    const key = { tenantId, provider, model: name.model, modelType: name.modelType };
    await this.configurations.change(tenantId, provider, (tx) => this.settings.set(key, { enabled }, tx));
  }

  /** The parameters of an llm; none for one that is unknown or has no credentials. Throws `ModelDisabledError`. */
  async parameterRules(tenantId: string, ref: ModelRef, modelType: ModelType = 'llm'): Promise<ParameterRule[]> {
    try {
      const { schema } = await this.resolver.resolve(tenantId, ref, modelType);
      return schema.parameterRules;
    } catch (error) {
      if (error instanceof ModelDisabledError) throw error;
      if (error instanceof ProviderNotInitializedError || error instanceof UnknownModelError) return [];
      throw error;
    }
  }
}
