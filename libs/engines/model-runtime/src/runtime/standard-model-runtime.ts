import { ProviderRegistry } from '../catalogue/provider-registry.js';
import { filterAndValidateCredentials } from '../credentials/credential-form.js';
import { CredentialsValidateError, InvokeError, ModelNotFoundError } from '../model-runtime.errors.js';
import type { HttpTransport } from '../ports/http-transport.port.js';
import type { ModelCall, ModelProvider } from '../ports/model-provider.port.js';
import { ModelRuntime } from '../ports/model-runtime.port.js';
import type { InvokeLlmOptions, InvokeOptions, ModelTarget } from '../ports/model-runtime.port.js';
import { countPromptTokens, countTextTokens } from '../tokens/token-counter.js';
import type {
  EmbeddingRequest,
  EmbeddingResult,
  ModerateRequest,
  RerankRequest,
  RerankResult,
  SynthesizeRequest,
  TranscribeRequest,
} from '../types/invocations.js';
import type { LlmChunk, LlmRequest, LlmResult } from '../types/llm.js';
import type { ModelSchema, ModelVoice } from '../types/model-schema.js';
import type { ModelType } from '../types/model-type.js';
import type { PromptMessage, PromptTool } from '../types/prompt-message.js';
import type { Credentials, ProviderManifest } from '../types/provider-manifest.js';
import { embedAll } from './embedding-invoker.js';
import { completeError } from './invoke-errors.js';
import { LlmInvoker } from './llm-invoker.js';
import { ModelCatalogue } from './model-catalogue.js';
import { rankDocuments } from './rank-documents.js';
import { speechPieces } from './speech-text.js';
import { TimedTransport } from './timed-transport.js';
import type { VendorTimeouts } from './timed-transport.js';

/** What a runtime is made of. */
export interface ModelRuntimeOptions {
  /** The only way out. */
  http: HttpTransport;
  /** Default: the built-in provider and all of the data folder. */
  providers?: ProviderRegistry;
  /** Default: five minutes each. */
  timeouts?: VendorTimeouts;
  /** Milliseconds that never go back. Default: `performance.now`. */
  now?: () => number;
}

const DEFAULT_TIMEOUTS: VendorTimeouts = { headersMs: 300_000, bodyMs: 300_000 };
const DEFAULT_WORD_LIMIT = 4096;

interface Opened<C> {
  call: ModelCall;
  provider: ModelProvider;
  capability: C;
}

/** The runtime over a registry of providers. */
export class StandardModelRuntime extends ModelRuntime {
  private readonly http: HttpTransport;
  private readonly now: () => number;
  private readonly registry: ProviderRegistry;
  private readonly catalogue: ModelCatalogue;

  constructor(options: ModelRuntimeOptions) {
    super();
    this.http = new TimedTransport(options.http, options.timeouts ?? DEFAULT_TIMEOUTS);
    this.now = options.now ?? (() => performance.now());
    this.registry = options.providers ?? ProviderRegistry.standard();
    this.catalogue = new ModelCatalogue(this.registry);
  }

  override async *invokeLlm(target: ModelTarget, request: LlmRequest, options: InvokeLlmOptions = {}): AsyncIterable<LlmChunk[]> {
    const { call, provider, capability } = await this.open(target, 'llm', (found) => found.llm, options);
    try {
      yield* new LlmInvoker(capability, this.now).stream(call, request, options);
    } catch (error) {
      throw await completeError(error, { ...call, provider });
    }
  }

  override async invokeLlmBlocking(target: ModelTarget, request: LlmRequest, options: InvokeLlmOptions = {}): Promise<LlmResult> {
    const opened = await this.open(target, 'llm', (found) => found.llm, options);
    return this.guarded(opened, ({ call, capability }) => new LlmInvoker(capability, this.now).blocking(call, request, options));
  }

  override async embed(target: ModelTarget, request: EmbeddingRequest, options: InvokeOptions = {}): Promise<EmbeddingResult> {
    const opened = await this.open(target, 'text-embedding', (found) => found.embedding, options);
    return this.guarded(opened, ({ call, capability }) => embedAll(capability, call, request, this.now));
  }

  override async rerank(target: ModelTarget, request: RerankRequest, options: InvokeOptions = {}): Promise<RerankResult> {
    const opened = await this.open(target, 'rerank', (found) => found.reranking, options);
    return this.guarded(opened, async ({ call, capability }) => {
      const ranks = request.documents.length === 0 ? [] : await capability.rerank(call, request);
      return { model: call.model, documents: rankDocuments(ranks, request) };
    });
  }

  override async transcribe(target: ModelTarget, request: TranscribeRequest, options: InvokeOptions = {}): Promise<string> {
    const opened = await this.open(target, 'speech2text', (found) => found.transcription, options);
    return this.guarded(opened, ({ call, capability }) => capability.transcribe(call, request));
  }

  override async *synthesize(target: ModelTarget, request: SynthesizeRequest, options: InvokeOptions = {}): AsyncIterable<Uint8Array> {
    const { call, provider, capability } = await this.open(target, 'tts', (found) => found.speech, options);
    const { voices = [], default_voice: preset = '', word_limit: limit = DEFAULT_WORD_LIMIT } = call.schema?.properties ?? {};
    const known = voices.length === 0 || voices.some((voice) => voice.mode === request.voice);
    const voice = request.voice && known ? request.voice : preset;
    try {
      for (const text of speechPieces(request.text, limit)) yield* capability.synthesize(call, { ...request, text, voice });
    } catch (error) {
      throw await completeError(error, { ...call, provider });
    }
  }

  override async moderate(target: ModelTarget, request: ModerateRequest, options: InvokeOptions = {}): Promise<boolean> {
    const opened = await this.open(target, 'moderation', (found) => found.moderation, options);
    return this.guarded(opened, ({ call, capability }) => capability.moderate(call, request));
  }

  override countTokens(messages: readonly PromptMessage[], tools: readonly PromptTool[] = []): Promise<number> {
    return countPromptTokens(messages, tools);
  }

  override countTextTokens(texts: readonly string[]): Promise<number[]> {
    return countTextTokens(texts);
  }

  override async voices(target: ModelTarget, language?: string): Promise<ModelVoice[]> {
    const voices = (await this.modelSchema(target, 'tts'))?.properties.voices ?? [];
    return language === undefined ? voices : voices.filter((voice) => voice.language.includes(language));
  }

  override async listProviders(): Promise<readonly ProviderManifest[]> {
    const manifests = await Promise.all((await this.registry.list()).map((provider) => provider.manifest()));
    return manifests.sort((left, right) => (left.provider < right.provider ? -1 : 1));
  }

  override async providerManifest(provider: string): Promise<ProviderManifest> {
    return (await this.registry.get(provider)).manifest();
  }

  override async predefinedModels(provider: string, modelType?: ModelType): Promise<readonly ModelSchema[]> {
    const models = await (await this.registry.get(provider)).predefinedModels();
    return modelType === undefined ? models : models.filter((model) => model.modelType === modelType);
  }

  override async modelSchema(target: ModelTarget, modelType: ModelType): Promise<ModelSchema | null> {
    return this.catalogue.schemaOf(await this.registry.get(target.provider), target, modelType);
  }

  override async validateProviderCredentials(
    id: string,
    values: Record<string, unknown>,
    options: InvokeOptions = {},
  ): Promise<Credentials> {
    const provider = await this.registry.get(id);
    const { providerForm } = await provider.manifest();
    if (!providerForm) throw new CredentialsValidateError(`Provider ${id} takes credentials for single models only.`);
    const credentials = filterAndValidateCredentials(providerForm, values);
    await this.tried(provider, credentials, options, () => provider.validateProvider({ ...options, credentials, http: this.http }));
    return credentials;
  }

  override async validateModelCredentials(
    target: { provider: string; model: string; modelType: ModelType; values: Record<string, unknown> },
    options: InvokeOptions = {},
  ): Promise<Credentials> {
    const { model, modelType, values } = target;
    const provider = await this.registry.get(target.provider);
    const { modelForm, supportedModelTypes } = await provider.manifest();
    if (!modelForm || !supportedModelTypes.includes(modelType)) {
      throw new CredentialsValidateError(`Provider ${target.provider} takes no ${modelType} models of yours.`);
    }
    const credentials = filterAndValidateCredentials(modelForm.fields, values, modelType);
    const call = { ...options, model, modelType, credentials, http: this.http };
    await this.tried(provider, credentials, options, () => provider.validateModel(call));
    return credentials;
  }

  private async tried(
    provider: ModelProvider,
    credentials: Credentials,
    options: InvokeOptions,
    trial: () => Promise<void>,
  ): Promise<void> {
    try {
      await trial();
    } catch (error) {
      const completed = await completeError(error, { provider, credentials, ...options });
      throw completed instanceof InvokeError ? new CredentialsValidateError(completed.message, { cause: completed }) : completed;
    }
  }

  private async open<C>(
    target: ModelTarget,
    modelType: ModelType,
    pick: (provider: ModelProvider) => C | undefined,
    options: InvokeOptions,
  ): Promise<Opened<C>> {
    const provider = await this.registry.get(target.provider);
    const capability = pick(provider);
    if (capability === undefined) throw new ModelNotFoundError(provider.id, target.model, modelType);
    const schema = await this.catalogue.schemaOf(provider, target, modelType);
    if (!schema) throw new ModelNotFoundError(provider.id, target.model, modelType);
    const call: ModelCall = { model: target.model, credentials: target.credentials, http: this.http, schema };
    if (options.signal) call.signal = options.signal;
    return { call, provider, capability };
  }

  private async guarded<C, R>(opened: Opened<C>, work: (opened: Opened<C>) => Promise<R>): Promise<R> {
    try {
      return await work(opened);
    } catch (error) {
      throw await completeError(error, { ...opened.call, provider: opened.provider });
    }
  }
}
