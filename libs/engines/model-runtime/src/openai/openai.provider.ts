import { loadModelFacts, once } from '../catalogue/facts.js';
import type { EndpointFacts, ProviderFacts } from '../catalogue/facts.js';
import { toManifest } from '../catalogue/manifest.js';
import { toModelSchema } from '../catalogue/model-schema.js';
import { InvokeBadRequestError } from '../model-runtime.errors.js';
import { ModelProvider } from '../ports/model-provider.port.js';
import type { ModelCall, ValidationCall } from '../ports/model-provider.port.js';
import type { ModelSchema } from '../types/model-schema.js';
import type { ModelType } from '../types/model-type.js';
import type { Credentials, ProviderManifest } from '../types/provider-manifest.js';
import { ask, readText } from '../wire/vendor-http.js';
import { describeCustomModel } from './custom-model.js';
import { resolveEndpoint } from './endpoint.js';
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
    return Promise.resolve(toManifest(this.facts));
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

  /** Lists the vendor's models: no vendor charges for it. Where that route is missing, the smallest question is asked instead. */
  override async validateProvider(call: ValidationCall): Promise<void> {
    const { baseUrl, headers } = resolveEndpoint(this.endpoint, call.credentials, '');
    try {
      await readText(call, await ask(call, { method: 'GET', url: `${baseUrl}/models`, headers }));
    } catch (error) {
      const model = error instanceof InvokeBadRequestError ? await this.modelToTry(call.credentials) : undefined;
      if (!model) throw error;
      await this.validateModel({ ...call, model: model.model, modelType: model.modelType });
    }
  }

  override async validateModel(call: ValidationCall & { model: string; modelType: ModelType }): Promise<void> {
    const schema = await this.customModel(call.model, call.modelType, call.credentials);
    const tried: ModelCall = { ...call, schema };
    switch (call.modelType) {
      case 'llm':
        await this.llm?.generate(tried, { messages: [{ role: 'user', content: 'ping' }], parameters: { max_tokens: 16 } });
        break;
      case 'text-embedding':
        await this.embedding?.embed(tried, { texts: ['ping'], inputType: 'query' });
        break;
      case 'rerank':
        await this.reranking?.rerank(tried, { query: 'ping', documents: ['ping', 'pong'] });
        break;
      case 'moderation':
        await this.moderation?.moderate(tried, { text: 'ping' });
        break;
      case 'tts':
        await this.trySpeech(tried);
        break;
      case 'speech2text':
        await readText(call, await ask(call, this.modelsRequest(call.credentials)));
        break;
    }
  }

  private modelsRequest(credentials: Credentials): { method: 'GET'; url: string; headers: Record<string, string> } {
    const { baseUrl, headers } = resolveEndpoint(this.endpoint, credentials, '');
    return { method: 'GET', url: `${baseUrl}/models`, headers };
  }

  private async trySpeech(call: ModelCall): Promise<void> {
    const request = { text: 'ping', voice: call.schema?.properties.default_voice ?? '' };
    for await (const _piece of this.speech?.synthesize(call, request) ?? []) return;
  }

  /** The model named in the form, else the first llm, else the first of any type. */
  private async modelToTry(credentials: Credentials): Promise<Pick<ModelSchema, 'model' | 'modelType'> | undefined> {
    const named = credentials.validate_model ?? credentials.model;
    if (typeof named === 'string' && named !== '') return { model: named, modelType: 'llm' };
    const models = (await this.loadModels()).filter((model) => !model.deprecated);
    return models.find((model) => model.modelType === 'llm') ?? models[0];
  }

  /** `ft:<base model>:...` is a fine-tuned model: it can what its base can. */
  private async baseOfFineTuned(model: string, modelType: ModelType): Promise<ModelSchema | undefined> {
    const base = /^ft:([^:]+)/.exec(model)?.[1];
    return base === undefined
      ? undefined
      : (await this.loadModels()).find((known) => known.model === base && known.modelType === modelType);
  }
}
