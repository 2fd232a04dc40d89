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

/** A model with what it takes to call it. Credentials are decrypted. */
export interface ModelTarget {
  /** Long (`langgenius/openai/openai`) or short (`openai`) id. */
  provider: string;
  model: string;
  credentials: Credentials;
}

/** How a call is made, beside what is asked. */
export interface InvokeOptions {
  /** Closes the connection to the vendor; the call then rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface InvokeLlmOptions extends InvokeOptions {
  /** False: the vendor is asked for the whole answer, which comes as one chunk. Default true. */
  stream?: boolean;
  /**
   * Where a model's reasoning goes when the vendor sends it apart from the answer. `tagged` (default): into the text, inside
   * `<think>` and `</think>`, as Dify has it; `separated`: into `reasoning`. Tags a model writes itself stay in the text either way.
   */
  reasoning?: 'tagged' | 'separated';
  /**
   * Fills the usage's `time_to_first_token` and `time_to_generate` and rounds its times to milliseconds, as workflow nodes
   * show them. Default false: the two are null.
   */
  measureTimes?: boolean;
}

/**
 * All calls to models go through here: it finds the provider, checks and coerces parameters, prices the usage and
 * completes errors with provider and model. Every call rejects with an error of the `InvokeError` family, `ProviderNotFoundError`,
 * `ModelNotFoundError` or, once the signal fired, with the signal's reason.
 */
export abstract class ModelRuntime {
  /**
   * Asks an llm. Yields one array of chunks per read of the upstream socket, never an empty one, so that a consumer can
   * pass on in one write what came in one read. The last chunk, and only it, has the usage. Leaving the loop early closes the connection.
   */
  abstract invokeLlm(target: ModelTarget, request: LlmRequest, options?: InvokeLlmOptions): AsyncIterable<LlmChunk[]>;

  /** Asks an llm for a whole answer. `stream: true` reads it as a stream; default false. */
  abstract invokeLlmBlocking(target: ModelTarget, request: LlmRequest, options?: InvokeLlmOptions): Promise<LlmResult>;

  /** Embeds any number of texts, in batches of the model's `max_chunks`. */
  abstract embed(target: ModelTarget, request: EmbeddingRequest, options?: InvokeOptions): Promise<EmbeddingResult>;

  /** Orders documents by how well they fit a query, best first; none below `scoreThreshold`, at most `topN`. */
  abstract rerank(target: ModelTarget, request: RerankRequest, options?: InvokeOptions): Promise<RerankResult>;

  /** The text that is spoken in a sound file. */
  abstract transcribe(target: ModelTarget, request: TranscribeRequest, options?: InvokeOptions): Promise<string>;

  /** Pieces of one sound file. A text over the model's `word_limit` is spoken sentence by sentence. */
  abstract synthesize(target: ModelTarget, request: SynthesizeRequest, options?: InvokeOptions): AsyncIterable<Uint8Array>;

  /** Whether the text is unsafe. */
  abstract moderate(target: ModelTarget, request: ModerateRequest, options?: InvokeOptions): Promise<boolean>;

  /** Tokens of a prompt, counted with one public vocabulary (o200k): an estimate for other models. */
  abstract countTokens(messages: readonly PromptMessage[], tools?: readonly PromptTool[]): Promise<number>;

  /** Tokens of each text, counted likewise. */
  abstract countTextTokens(texts: readonly string[]): Promise<number[]>;

  /** The voices of a tts model, those of one language (`en-US`, ...) when given. */
  abstract voices(target: ModelTarget, language?: string): Promise<ModelVoice[]>;

  /** All providers, sorted by id; costs one small file, no models are loaded. */
  abstract listProviders(): Promise<readonly ProviderManifest[]>;

  /** One provider, by its id or its short name. Rejects with `ProviderNotFoundError`. */
  abstract providerManifest(provider: string): Promise<ProviderManifest>;

  /** A provider's own models, of one type when given, in their order of display. */
  abstract predefinedModels(provider: string, modelType?: ModelType): Promise<readonly ModelSchema[]>;

  /** A predefined model, else one described by its credentials; null when the provider has neither. */
  abstract modelSchema(target: ModelTarget, modelType: ModelType): Promise<ModelSchema | null>;

  /**
   * Filters and checks what was filled into the provider's form, then tries it out at the vendor. Returns what is to be stored.
   * Rejects with `CredentialsValidateError`.
   */
  abstract validateProviderCredentials(provider: string, values: Record<string, unknown>, options?: InvokeOptions): Promise<Credentials>;

  /** Likewise for the form of a customizable model. */
  abstract validateModelCredentials(
    target: { provider: string; model: string; modelType: ModelType; values: Record<string, unknown> },
    options?: InvokeOptions,
  ): Promise<Credentials>;
}
