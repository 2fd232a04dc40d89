import type { EmbeddingRequest, ModerateRequest, RerankRequest, SynthesizeRequest, TranscribeRequest } from '../types/invocations.js';
import type { LlmCompletion, LlmDelta, LlmRequest } from '../types/llm.js';
import type { ModelSchema } from '../types/model-schema.js';
import type { ModelType } from '../types/model-type.js';
import type { Credentials, ProviderManifest } from '../types/provider-manifest.js';
import type { HttpTransport } from './http-transport.port.js';

/** What every call to a model carries. */
export interface ModelCall {
  model: string;
  credentials: Credentials;
  http: HttpTransport;
  /** What is known about the model; null when it is neither predefined nor described by its credentials. */
  schema: ModelSchema | null;
  signal?: AbortSignal;
}

/** Chat and completion. Parameters come checked and coerced. */
export interface LlmCapability {
  /** One array a read of the upstream socket. Ending the iteration early closes the socket. */
  stream(call: ModelCall, request: LlmRequest): AsyncIterable<LlmDelta[]>;
  generate(call: ModelCall, request: LlmRequest): Promise<LlmCompletion>;
}

export interface EmbeddingCapability {
  /** Called with at most `max_chunks` texts. `tokens` when the vendor reports them. */
  embed(call: ModelCall, request: EmbeddingRequest): Promise<{ embeddings: number[][]; tokens?: number }>;
}

export interface RerankCapability {
  rerank(call: ModelCall, request: RerankRequest): Promise<{ index: number; score: number }[]>;
}

export interface TranscriptionCapability {
  transcribe(call: ModelCall, request: TranscribeRequest): Promise<string>;
}

export interface SpeechCapability {
  /** Pieces of one sound file, as they arrive. */
  synthesize(call: ModelCall, request: SynthesizeRequest & { voice: string }): AsyncIterable<Uint8Array>;
}

export interface ModerationCapability {
  /** Whether the text is unsafe. */
  moderate(call: ModelCall, request: ModerateRequest): Promise<boolean>;
}

/** Credentials to be tried out. */
export interface ValidationCall {
  credentials: Credentials;
  http: HttpTransport;
  signal?: AbortSignal;
}

/**
 * A vendor of models. A capability is absent where the vendor has no models of that type. All methods throw errors of the `InvokeError` family,
 * without provider and model filled in: the runtime adds them.
 */
export abstract class ModelProvider {
  /** `<organization>/<plugin>/<provider>`. */
  abstract readonly id: string;

  readonly llm?: LlmCapability;
  readonly embedding?: EmbeddingCapability;
  readonly reranking?: RerankCapability;
  readonly transcription?: TranscriptionCapability;
  readonly speech?: SpeechCapability;
  readonly moderation?: ModerationCapability;

  /** Loads the provider's facts on first use. */
  abstract manifest(): Promise<ProviderManifest>;

  /** The models the provider lists by itself, in their order of display. */
  abstract predefinedModels(): Promise<readonly ModelSchema[]>;

  /** Describes a model named by the workspace; null when the provider takes none of that type. */
  abstract customModel(model: string, modelType: ModelType, credentials: Credentials): Promise<ModelSchema | null>;

  /** Asks the vendor whether credentials for the whole provider hold; rejects with an `InvokeError` otherwise. */
  abstract validateProvider(call: ValidationCall): Promise<void>;

  /** Asks the vendor whether credentials for one model hold; rejects with an `InvokeError` otherwise. */
  abstract validateModel(call: ValidationCall & { model: string; modelType: ModelType }): Promise<void>;
}
