import { Injectable } from '@nestjs/common';
import { ModelConfigFacts } from '#engines/chat';
import { ModelCatalog, ModelService, ProviderDirectory } from '#features/models';
import { AppModels, type DefaultLlm } from '../registries/app-models.port.js';

/** What the models feature knows, as apps need it. */
@Injectable()
export class ModelsAppModels extends AppModels {
  constructor(
    private readonly catalog: ModelCatalog,
    private readonly models: ModelService,
    private readonly directory: ProviderDirectory,
  ) {
    super();
  }

  async defaultLlm(tenantId: string): Promise<DefaultLlm> {
    const ref = await this.models.defaultModel(tenantId, 'llm');
    if (!ref) return { provider: null, name: null, mode: 'chat' };
    return { provider: ref.provider, name: ref.model, mode: (await modeOf(this.models, tenantId, ref.provider, ref.model)) ?? 'chat' };
  }

  factsOf(tenantId: string): ModelConfigFacts {
    return new WorkspaceModelFacts(tenantId, this.catalog, this.models, this.directory);
  }
}

/** Datasets and extensions come with later features: until then a workspace has none. */
class WorkspaceModelFacts extends ModelConfigFacts {
  constructor(
    private readonly tenantId: string,
    private readonly catalog: ModelCatalog,
    private readonly models: ModelService,
    private readonly directory: ProviderDirectory,
  ) {
    super();
  }

  async availableProviders(): Promise<readonly string[]> {
    return (await this.directory.list())
      .filter((manifest) => manifest.supportedModelTypes.includes('llm'))
      .map((manifest) => manifest.provider);
  }

  async llmNames(provider: string): Promise<readonly string[]> {
    return (await this.catalog.ofProvider(this.tenantId, provider, { modelType: 'llm' })).map(({ schema }) => schema.model);
  }

  modelMode(provider: string, model: string): Promise<string | null> {
    return modeOf(this.models, this.tenantId, provider, model);
  }

  datasetExists(): Promise<boolean> {
    return Promise.resolve(false);
  }

  extensionExists(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

async function modeOf(models: ModelService, tenantId: string, provider: string, model: string): Promise<string | null> {
  try {
    const { schema } = await models.llmFor(tenantId, provider, model);
    const { mode } = schema.properties;
    return typeof mode === 'string' ? mode : null;
  } catch {
    // A model that can't be resolved has no known mode; the caller says what that means.
    return null;
  }
}
