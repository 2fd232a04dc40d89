import type { ProviderRegistry } from '../catalogue/provider-registry.js';
import type { ModelProvider } from '../ports/model-provider.port.js';
import type { ModelTarget } from '../ports/model-runtime.port.js';
import type { ModelSchema } from '../types/model-schema.js';
import type { ModelType } from '../types/model-type.js';
import type { Credentials } from '../types/provider-manifest.js';

/** Finds providers and models; what was found once costs a look into a map. */
export class ModelCatalogue {
  private readonly predefined = new WeakMap<ModelProvider, Map<string, ModelSchema>>();
  /** Custom models live as long as the credentials that describe them. */
  private readonly custom = new WeakMap<Credentials, Map<string, ModelSchema | null>>();

  constructor(readonly registry: ProviderRegistry) {}

  /** The schema of a target: a predefined model, else what its credentials describe, else null. */
  async schemaOf(
    provider: ModelProvider,
    target: Pick<ModelTarget, 'model' | 'credentials'>,
    modelType: ModelType,
  ): Promise<ModelSchema | null> {
    const known = (await this.predefinedOf(provider)).get(`${modelType}:${target.model}`);
    if (known) return known;
    let described = this.custom.get(target.credentials);
    if (described === undefined) this.custom.set(target.credentials, (described = new Map<string, ModelSchema | null>()));
    const key = `${provider.id}:${modelType}:${target.model}`;
    const cached = described.get(key);
    if (cached !== undefined) return cached;
    const schema = await provider.customModel(target.model, modelType, target.credentials);
    described.set(key, schema);
    return schema;
  }

  private async predefinedOf(provider: ModelProvider): Promise<Map<string, ModelSchema>> {
    let known = this.predefined.get(provider);
    if (!known) {
      known = new Map((await provider.predefinedModels()).map((model) => [`${model.modelType}:${model.model}`, model]));
      this.predefined.set(provider, known);
    }
    return known;
  }
}
