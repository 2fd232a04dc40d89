import { Injectable } from '@nestjs/common';
import type { ModelType } from '#engines/model-runtime';
import { Cache } from '#platform/bus';
import { Transactions } from '#platform/database';
import { DEFAULT_MODEL_CACHE } from '../models.constants.js';
import { UnknownModelError } from '../models.errors.js';
import type { ModelRef } from '../model-key.js';
import { DefaultModelRepository } from '../repositories/default-model.repository.js';
import { ModelCatalog } from './model-catalog.js';
import { BUILTIN_PROVIDER_ID, ProviderDirectory } from './provider-directory.js';

/** A default that somebody chose. */
export interface DefaultModelChoice extends ModelRef {
  modelType: ModelType;
}

/** The models a workspace uses where none is named (contract models-agents-tools 2.3). */
@Injectable()
export class DefaultModelService {
  constructor(
    private readonly repository: DefaultModelRepository,
    private readonly catalog: ModelCatalog,
    private readonly directory: ProviderDirectory,
    private readonly cache: Cache,
    private readonly transactions: Transactions,
  ) {}

  /** The default of a type; when none is stored the first active model, which is stored then unless it is a test model. Null when there is none. Cached. */
  async get(tenantId: string, modelType: ModelType): Promise<ModelRef | null> {
    const cached = await this.cache.get(DEFAULT_MODEL_CACHE, `${tenantId}:${modelType}`, () => this.read(tenantId, modelType));
    // None is not believed: the next credential may bring one, and no run waits for it.
    return cached ?? this.read(tenantId, modelType);
  }

  /** Stores defaults. Throws `invalid_param` unless every one of the models can be used now. */
  async set(tenantId: string, choices: readonly DefaultModelChoice[]): Promise<void> {
    const checked: DefaultModelChoice[] = [];
    for (const choice of choices) checked.push(await this.check(tenantId, choice));
    await this.transactions.run(async (tx) => {
      for (const choice of checked) {
        await this.repository.set(tenantId, choice.modelType, choice, { tx });
        this.transactions.afterCommit(tx, () => this.cache.invalidate(DEFAULT_MODEL_CACHE, `${tenantId}:${choice.modelType}`));
      }
    });
  }

  private async read(tenantId: string, modelType: ModelType): Promise<ModelRef | null> {
    const stored = await this.repository.find(tenantId, modelType);
    if (stored !== null) return stored;
    const first = await this.firstActive(tenantId, modelType);
    // Test models only stand in: nobody chose them, and the first real model takes their place.
    if (first === null || first.provider === BUILTIN_PROVIDER_ID) return first;
    await this.repository.set(tenantId, modelType, first, { keep: true });
    return this.repository.find(tenantId, modelType);
  }

  private async firstActive(tenantId: string, modelType: ModelType): Promise<ModelRef | null> {
    const [found] = await this.catalog.all(tenantId, { modelType, onlyActive: true });
    const model = found?.models.find((listed) => !listed.schema.deprecated) ?? found?.models[0];
    return model ? { provider: model.provider.provider, model: model.schema.model } : null;
  }

  private async check(tenantId: string, choice: DefaultModelChoice): Promise<DefaultModelChoice> {
    const { provider } = await this.directory.get(choice.provider);
    const active = await this.catalog.ofProvider(tenantId, provider, { modelType: choice.modelType, onlyActive: true });
    if (!active.some((listed) => listed.schema.model === choice.model)) throw new UnknownModelError(choice.model);
    return { ...choice, provider };
  }
}
