import { Injectable } from '@nestjs/common';
import { MODEL_TYPES } from '#engines/model-runtime';
import { Cache } from '#platform/bus';
import { Transactions, type Tx } from '#platform/database';
import { DEFAULT_MODEL_CACHE, PROVIDER_CONFIGURATION_CACHE } from '../models.constants.js';
import type { ProviderConfiguration } from '../provider-configuration.js';
import { ProviderConfigurationRepository } from '../repositories/provider-configuration.repository.js';

/** What workspaces have set up for their providers: cached for calls, fresh for the console. */
@Injectable()
export class ProviderConfigurations {
  constructor(
    private readonly repository: ProviderConfigurationRepository,
    private readonly cache: Cache,
    private readonly transactions: Transactions,
  ) {}

  /** The cached configuration; a warm call queries nothing. Shared by all callers: not to be changed. */
  get(tenantId: string, provider: string): Promise<ProviderConfiguration> {
    return this.cache.get(PROVIDER_CONFIGURATION_CACHE, `${tenantId}:${provider}`, () => this.repository.find(tenantId, provider));
  }

  /** The configuration as it is now. */
  read(tenantId: string, provider: string): Promise<ProviderConfiguration> {
    return this.repository.find(tenantId, provider);
  }

  /** The configurations of all providers the workspace has touched, as they are now. */
  list(tenantId: string): Promise<Map<string, ProviderConfiguration>> {
    return this.repository.list(tenantId);
  }

  /** Changes a configuration in one transaction; every process forgets the old one after the commit. */
  change<T>(tenantId: string, provider: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transactions.run(async (tx) => {
      this.transactions.afterCommit(tx, () => this.cache.invalidate(PROVIDER_CONFIGURATION_CACHE, `${tenantId}:${provider}`));
      // A default that nobody chose depends on what is set up.
      for (const modelType of MODEL_TYPES)
        this.transactions.afterCommit(tx, () => this.cache.invalidate(DEFAULT_MODEL_CACHE, `${tenantId}:${modelType}`));
      return work(tx);
    });
  }
}
