import { loadModelFacts } from '../catalogue/facts.js';
import { once } from '../once.js';
import type { EndpointFacts, ProviderFacts } from '../catalogue/facts.js';
import { toManifest } from '../catalogue/manifest.js';
import { toModelSchema } from '../catalogue/model-schema.js';
import { ModelProvider } from '../ports/model-provider.port.js';
import type { ValidationCall } from '../ports/model-provider.port.js';
import type { ModelSchema } from '../types/model-schema.js';
import type { ModelType } from '../types/model-type.js';
import type { Credentials, ProviderManifest } from '../types/provider-manifest.js';
import { proveByModelList, tryModel } from './credential-trial.js';
import { describeCustomModel } from './custom-model.js';
import { OpenAiSpeech, OpenAiTranscription } from './openai-audio.js';
import { OpenAiEmbedding } from './openai-embedding.js';
import { OpenAiLlm } from './openai-llm.js';
import { OpenAiModeration } from './openai-moderation.js';
import { OpenAiRerank } from './openai-rerank.js';

/** A vendor whose servers speak the OpenAI protocol: the code is the same for all, its facts make the difference. */
export class OpenAiProvider extends ModelProvider {
  readonly id: string;
  override readonly llm?: OpenAiLlm;
  override readonly embedding?: OpenAiEmbedding;
  override readonly reranking?: OpenAiRerank;
  override readonly transcription?: OpenAiTranscription;
  override readonly speech?: OpenAiSpeech;
  override readonly moderation?: OpenAiModeration;
  private readonly endpoint: EndpointFacts;
  private described: Promise<ProviderManifest> | undefined;
  private readonly loadModels: () => Promise<ModelSchema[]>;

  constructor(private readonly facts: ProviderFacts) {
    super();
    this.id = facts.provider;
    this.endpoint = facts.endpoint;
    const { endpoint, types } = facts;
    if (types.includes('llm')) this.llm = new OpenAiLlm(endpoint);
    if (types.includes('text-embedding')) this.embedding = new OpenAiEmbedding(endpoint);
    if (types.includes('rerank')) this.reranking = new OpenAiRerank(endpoint);
    if (types.includes('speech2text')) this.transcription = new OpenAiTranscription(endpoint);
    if (types.includes('tts')) this.speech = new OpenAiSpeech(endpoint);
    if (types.includes('moderation')) this.moderation = new OpenAiModeration(endpoint);
    this.loadModels = once(async () => (await loadModelFacts(facts.file)).map(toModelSchema));
  }

  override manifest(): Promise<ProviderManifest> {
    this.described ??= Promise.resolve(toManifest(this.facts));
    return this.described;
  }

  override predefinedModels(): Promise<readonly ModelSchema[]> {
    return this.loadModels();
  }

  override async customModel(model: string, modelType: ModelType, credentials: Credentials): Promise<ModelSchema | null> {
    if (!this.facts.methods.includes('customizable-model') || !this.facts.types.includes(modelType)) return null;
    const base = await this.baseOfFineTuned(model, modelType);
    return base
      ? { ...base, model, label: { en_US: model, zh_Hans: model }, fetchFrom: 'customizable-model' }
      : describeCustomModel(model, modelType, credentials);
  }

  /** The list of models costs nothing; where it proves nothing, a model is asked the smallest question. */
  override async validateProvider(call: ValidationCall): Promise<void> {
    if ((await proveByModelList(this.endpoint, call)) === 'proven') return;
    const model = await this.modelToTry(call.credentials);
    if (model) await tryModel(this, { ...call, model: model.model, schema: model }, model.modelType);
  }

  override async validateModel(call: ValidationCall & { model: string; modelType: ModelType }): Promise<void> {
    const { modelType, ...rest } = call;
    await tryModel(this, { ...rest, schema: await this.customModel(call.model, modelType, call.credentials) }, modelType);
  }

  /** The model named in the form, else the first llm, else the first of any type. */
  private async modelToTry(credentials: Credentials): Promise<ModelSchema | undefined> {
    const models = await this.loadModels();
    const named = credentials.validate_model ?? credentials.model;
    if (typeof named === 'string' && named !== '') {
      return models.find((model) => model.model === named) ?? describeCustomModel(named, 'llm', {});
    }
    const current = models.filter((model) => !model.deprecated);
    return current.find((model) => model.modelType === 'llm') ?? current[0];
  }

  /** `ft:<base model>:...` is a fine-tuned model: it can what its base can. */
  private async baseOfFineTuned(model: string, modelType: ModelType): Promise<ModelSchema | undefined> {
    const base = /^ft:([^:]+)/.exec(model)?.[1];
    return base === undefined
      ? undefined
      : (await this.loadModels()).find((known) => known.model === base && known.modelType === modelType);
  }
}
