import { Injectable } from '@nestjs/common';
import { ModelRuntime } from '#engines/model-runtime';
import type {
  EmbeddingRequest,
  EmbeddingResult,
  InvokeLlmOptions,
  InvokeOptions,
  LlmChunk,
  LlmRequest,
  LlmResult,
  ModelSchema,
  ModelTarget,
  ModelType,
  ModelVoice,
  ModerateRequest,
  PromptMessage,
  PromptTool,
  RerankRequest,
  RerankResult,
  SynthesizeRequest,
  TranscribeRequest,
} from '#engines/model-runtime';
import type { ModelRef } from '../model-key.js';
import { DefaultModelService } from './default-model.service.js';
import { LoadBalancer } from './load-balancer.js';
import { ModelResolver, type ModelCandidate, type ModelCandidates, type ResolvedModel } from './model-resolver.js';

/** An llm, ready to be called. */
export interface PreparedLlm {
  schema: ModelSchema;
  /** As {@link ModelService.invokeLlm}. */
  invoke(request: LlmRequest, options: InvokeLlmOptions): AsyncIterable<LlmChunk[]>;
}

/**
 * Models for other features: finds what a workspace set up and calls it. A warm call asks neither the database nor anything else. Resolving throws
 * `provider_not_initialize` (no credentials) or `invalid_param` (unknown or disabled model); calls reject with the errors of
 * `#engines/model-runtime`, which carry facts and no status. Never inside a transaction.
 */
@Injectable()
export class ModelService {
  constructor(
    private readonly runtime: ModelRuntime,
    private readonly resolver: ModelResolver,
    private readonly defaults: DefaultModelService,
    private readonly balancer: LoadBalancer,
  ) {}

  /** A model with its credentials and schema. `provider` is a long or a bare id. */
  resolve(tenantId: string, ref: ModelRef, modelType: ModelType): Promise<ResolvedModel> {
    return this.resolver.resolve(tenantId, ref, modelType);
  }

  /** The llm of that name, ready to be called. */
  llmFor(tenantId: string, provider: string, model: string): Promise<ResolvedModel> {
    return this.resolver.resolve(tenantId, { provider, model }, 'llm');
  }

  /** The workspace's model of a type where none is named; null when it has none. */
  defaultModel(tenantId: string, modelType: ModelType): Promise<ModelRef | null> {
    return this.defaults.get(tenantId, modelType);
  }

  /**
   * The llm of that name with all that a call of it needs, so that the first call looks nothing up again. Later calls do: the credentials of a
   * balanced model take turns by call.
   */
  async prepareLlm(tenantId: string, ref: ModelRef): Promise<PreparedLlm> {
    const { resolved, candidates } = await this.resolver.prepare(tenantId, ref, 'llm');
    let first: ModelCandidates | null = candidates;
    return {
      schema: resolved.schema,
      invoke: (request, options) => {
        const known = first;
        first = null;
        return known ? this.tryInTurn(known, request, options) : this.invokeLlm(tenantId, ref, request, options);
      },
    };
  }

  /** Asks an llm; one array of chunks a read of the upstream socket, the last chunk with the usage. Leaving the loop early closes the connection. */
  async *invokeLlm(tenantId: string, ref: ModelRef, request: LlmRequest, options: InvokeLlmOptions = {}): AsyncIterable<LlmChunk[]> {
    yield* this.tryInTurn(await this.resolver.candidates(tenantId, ref, 'llm'), request, options);
  }

  private async *tryInTurn(candidates: ModelCandidates, request: LlmRequest, options: InvokeLlmOptions): AsyncIterable<LlmChunk[]> {
    for (const [index, candidate] of candidates.entries()) {
      let hasBegun = false;
      try {
        for await (const chunks of this.runtime.invokeLlm(candidate.target, request, options)) {
          hasBegun = true;
          yield chunks;
        }
        return;
      } catch (error) {
        const mayRetry = await this.mayRetry(candidate, error);
        if (hasBegun || !mayRetry || index === candidates.length - 1) throw error;
      }
    }
  }

  /** Asks an llm for a whole answer. */
  invokeLlmBlocking(tenantId: string, ref: ModelRef, request: LlmRequest, options?: InvokeLlmOptions): Promise<LlmResult> {
    return this.first(tenantId, ref, 'llm', (target) => this.runtime.invokeLlmBlocking(target, request, options));
  }

  /** Embeds any number of texts, in batches. */
  embed(tenantId: string, ref: ModelRef, request: EmbeddingRequest, options?: InvokeOptions): Promise<EmbeddingResult> {
    return this.first(tenantId, ref, 'text-embedding', (target) => this.runtime.embed(target, request, options));
  }

  /** Sorts documents by how well they answer a query. */
  rerank(tenantId: string, ref: ModelRef, request: RerankRequest, options?: InvokeOptions): Promise<RerankResult> {
    return this.first(tenantId, ref, 'rerank', (target) => this.runtime.rerank(target, request, options));
  }

  /** Writes down what is said in a sound file. */
  transcribe(tenantId: string, ref: ModelRef, request: TranscribeRequest, options?: InvokeOptions): Promise<string> {
    return this.first(tenantId, ref, 'speech2text', (target) => this.runtime.transcribe(target, request, options));
  }

  /** Speaks a text: pieces of one sound file. */
  async *synthesize(tenantId: string, ref: ModelRef, request: SynthesizeRequest, options?: InvokeOptions): AsyncIterable<Uint8Array> {
    const { target } = await this.resolver.resolve(tenantId, ref, 'tts');
    yield* this.runtime.synthesize(target, request, options);
  }

  /** The voices of a tts model, those of one language (`en-US`, ...) when given. */
  async voices(tenantId: string, ref: ModelRef, language?: string): Promise<ModelVoice[]> {
    const { target } = await this.resolver.resolve(tenantId, ref, 'tts');
    return this.runtime.voices(target, language);
  }

  /** Whether a text is unsafe. */
  moderate(tenantId: string, ref: ModelRef, request: ModerateRequest, options?: InvokeOptions): Promise<boolean> {
    return this.first(tenantId, ref, 'moderation', (target) => this.runtime.moderate(target, request, options));
  }

  /** Tokens of a prompt: an estimate with one public vocabulary. */
  countTokens(messages: readonly PromptMessage[], tools?: readonly PromptTool[]): Promise<number> {
    return this.runtime.countTokens(messages, tools);
  }

  /** Tokens of each text, likewise. */
  countTextTokens(texts: readonly string[]): Promise<number[]> {
    return this.runtime.countTextTokens(texts);
  }

  private async first<T>(tenantId: string, ref: ModelRef, modelType: ModelType, call: (target: ModelTarget) => Promise<T>): Promise<T> {
    const [candidate, ...others] = await this.resolver.candidates(tenantId, ref, modelType);
    let current: ModelCandidate = candidate;
    for (;;) {
      try {
        return await call(current.target);
      } catch (error) {
        const mayRetry = await this.mayRetry(current, error);
        const next = others.shift();
        if (!mayRetry || next === undefined) throw error;
        current = next;
      }
    }
  }

  private async mayRetry(candidate: ModelCandidate, error: unknown): Promise<boolean> {
    return candidate.entry !== null && this.balancer.failed(candidate.entry, error);
  }
}
