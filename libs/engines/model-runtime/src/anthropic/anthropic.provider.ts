import { loadModelFacts } from '../catalogue/facts.js';
import { once } from '../once.js';
import type { ProviderFacts } from '../catalogue/facts.js';
import { toManifest } from '../catalogue/manifest.js';
import { toModelSchema } from '../catalogue/model-schema.js';
import { InvokeBadRequestError } from '../model-runtime.errors.js';
import { tryModel } from '../openai/credential-trial.js';
import { resolveEndpoint } from '../openai/endpoint.js';
import { ModelProvider } from '../ports/model-provider.port.js';
import type { ValidationCall } from '../ports/model-provider.port.js';
import type { ModelSchema } from '../types/model-schema.js';
import type { ModelType } from '../types/model-type.js';
import type { Credentials, ProviderManifest } from '../types/provider-manifest.js';
import { ask, readText } from '../wire/vendor-http.js';
import { AnthropicLlm } from './anthropic-llm.js';

/** Anthropic: a vendor with a wire format of its own. */
export class AnthropicProvider extends ModelProvider {
  readonly id: string;
  override readonly llm: AnthropicLlm;
  private described: Promise<ProviderManifest> | undefined;
  private readonly loadModels: () => Promise<ModelSchema[]>;

  constructor(private readonly facts: ProviderFacts) {
    super();
    this.id = facts.provider;
    this.llm = new AnthropicLlm(facts.endpoint);
    this.loadModels = once(async () => (await loadModelFacts(facts.file)).map(toModelSchema));
  }

  override manifest(): Promise<ProviderManifest> {
    this.described ??= Promise.resolve(toManifest(this.facts));
    return this.described;
  }

  override predefinedModels(): Promise<readonly ModelSchema[]> {
    return this.loadModels();
  }

  /** A model the facts do not know yet is taken for one like the newest known, without its prices. */
  override async customModel(model: string, modelType: ModelType, _credentials: Credentials): Promise<ModelSchema | null> {
    const newest = modelType === 'llm' ? (await this.loadModels())[0] : undefined;
    return newest ? { ...newest, model, label: { en_US: model, zh_Hans: model }, fetchFrom: 'customizable-model', pricing: null } : null;
  }

  override async validateProvider(call: ValidationCall): Promise<void> {
    const { baseUrl } = resolveEndpoint({ ...this.facts.endpoint, keyField: undefined }, call.credentials, '');
    const headers = { 'x-api-key': String(call.credentials.anthropic_api_key ?? ''), 'anthropic-version': '2023-06-01' };
    try {
      await readText(call, await ask(call, { method: 'GET', url: `${baseUrl}/models`, headers }));
    } catch (error) {
      const model = (await this.loadModels())[0];
      if (!(error instanceof InvokeBadRequestError) || !model) throw error;
      await tryModel(this, { ...call, model: model.model, schema: model }, 'llm');
    }
  }

  override async validateModel(call: ValidationCall & { model: string; modelType: ModelType }): Promise<void> {
    await tryModel(this, { ...call, schema: null }, call.modelType);
  }
}
