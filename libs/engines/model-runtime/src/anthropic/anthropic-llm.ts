import type { EndpointFacts } from '../catalogue/facts.js';
import { InvokeConnectionError, InvokeError } from '../model-runtime.errors.js';
import { resolveEndpoint } from '../openai/endpoint.js';
import type { LlmCapability, ModelCall } from '../ports/model-provider.port.js';
import type { LlmCompletion, LlmDelta, LlmRequest } from '../types/llm.js';
import { errorInAnswer } from '../wire/vendor-error.js';
import { toSdkOptions } from './anthropic-options.js';
import type { SdkModel } from './anthropic-prompt.js';
import { batched } from './batched.js';
import { transportFetch } from './transport-fetch.js';

type StreamPart = Awaited<ReturnType<SdkModel['doStream']>>['stream'] extends ReadableStream<infer Part> ? Part : never;
type FinishPart = Extract<StreamPart, { type: 'finish' }>;

/** The Messages API of Anthropic through its AI SDK package, which knows the wire format; everything around it is ours. */
export class AnthropicLlm implements LlmCapability {
  constructor(private readonly facts: EndpointFacts) {}

  async generate(call: ModelCall, request: LlmRequest): Promise<LlmCompletion> {
    const model = await this.model(call);
    const result = await asInvokeError(call, model.doGenerate(toSdkOptions(request, call.signal)));
    const completion: LlmCompletion = { text: '', toolCalls: [], finishReason: reason(result.finishReason), tokens: counts(result.usage) };
    for (const part of result.content) {
      if (part.type === 'text') completion.text += part.text;
      else if (part.type === 'reasoning') completion.reasoning = (completion.reasoning ?? '') + part.text;
      else if (part.type === 'tool-call') {
        completion.toolCalls.push({ id: part.toolCallId, type: 'function', function: { name: part.toolName, arguments: part.input } });
      }
    }
    return completion;
  }

  async *stream(call: ModelCall, request: LlmRequest): AsyncIterable<LlmDelta[]> {
    const model = await this.model(call);
    const { stream } = await asInvokeError(call, model.doStream(toSdkOptions(request, call.signal)));
    let finished = false;
    for await (const parts of rethrown(call, batched(stream))) {
      const deltas: LlmDelta[] = [];
      for (const part of parts) {
        if (part.type === 'error') {
          if (deltas.length > 0) yield deltas;
          throw toInvokeError(call, part.error);
        }
        if (part.type === 'finish') finished = part.finishReason.raw !== undefined;
        const delta = toDelta(part);
        if (delta && (part.type !== 'finish' || finished)) deltas.push(delta);
      }
      if (deltas.length > 0) yield deltas;
    }
    if (!finished) throw new InvokeConnectionError({ message: 'The connection to the model ended before its answer was whole.' });
  }

  private async model(call: ModelCall): Promise<SdkModel> {
    const { baseUrl } = resolveEndpoint({ ...this.facts, keyField: undefined }, call.credentials, call.model);
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    const apiKey = String(call.credentials[this.facts.keyField ?? ''] ?? '');
    return createAnthropic({ baseURL: baseUrl, apiKey, fetch: transportFetch(call) })(call.model);
  }
}

function toDelta(part: StreamPart): LlmDelta | null {
  switch (part.type) {
    case 'text-delta':
      return part.delta === '' ? null : { text: part.delta };
    case 'reasoning-delta':
      return part.delta === '' ? null : { text: '', reasoning: part.delta };
    case 'tool-input-start':
      return { text: '', toolCalls: [{ id: part.id, name: part.toolName, arguments: '' }] };
    case 'tool-input-delta':
      return { text: '', toolCalls: [{ id: part.id, arguments: part.delta }] };
    case 'finish':
      return { text: '', finishReason: reason(part.finishReason), tokens: counts(part.usage) };
    default:
      return null;
  }
}

function reason(finish: FinishPart['finishReason']): string {
  return finish.unified === 'tool-calls' ? 'tool_calls' : finish.unified;
}

function counts(usage: FinishPart['usage']): LlmDelta['tokens'] {
  const { inputTokens, outputTokens } = usage;
  if (inputTokens.total === undefined && outputTokens.total === undefined) return undefined;
  return { promptTokens: inputTokens.total ?? 0, completionTokens: outputTokens.total ?? 0 };
}

async function asInvokeError<T>(call: ModelCall, answer: PromiseLike<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw toInvokeError(call, error);
  }
}

async function* rethrown<T>(call: ModelCall, source: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* source;
  } catch (error) {
    throw toInvokeError(call, error);
  }
}

/** Errors of ours pass through the package as they are; its own are about content it can't make sense of. */
function toInvokeError(call: ModelCall, error: unknown): unknown {
  if (call.signal?.aborted) return call.signal.reason;
  if (error instanceof InvokeError) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof InvokeError) return cause;
  if (error instanceof Error) return new InvokeError({ message: error.message, cause: error });
  return errorInAnswer({ error: typeof error === 'string' ? { message: error } : error }) ?? new InvokeError({ message: String(error) });
}
