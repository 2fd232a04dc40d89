import { coerceParameters } from '../parameters/coerce-parameters.js';
import type { LlmCapability, ModelCall } from '../ports/model-provider.port.js';
import type { InvokeLlmOptions } from '../ports/model-runtime.port.js';
import { calculateUsage } from '../pricing/usage.js';
import { countPromptTokens, countTextTokens } from '../tokens/token-counter.js';
import type { LlmChunk, LlmRequest, LlmResult } from '../types/llm.js';
import type { LlmUsage, TokenCounts } from '../types/usage.js';
import { ChunkWeaver, tagReasoning } from './chunk-weaver.js';
import { fitStructuredOutput } from './structured-output.js';
import { ToolCallCollector } from './tool-calls.js';

/** Asks an llm of one provider: everything that is the same for all vendors. */
export class LlmInvoker {
  /** @param now Milliseconds, never going back. */
  constructor(
    private readonly llm: LlmCapability,
    private readonly now: () => number,
  ) {}

  async *stream(call: ModelCall, asked: LlmRequest, options: InvokeLlmOptions): AsyncIterable<LlmChunk[]> {
    const request = fit(call, asked);
    if (options.stream === false || asked.parameters?.enable_stream === false) {
      yield [toChunk(await this.whole(call, request, options))];
      return;
    }
    const started = this.now();
    let first: number | undefined;
    const weaver = new ChunkWeaver(options.reasoning ?? 'tagged');
    for await (const deltas of this.llm.stream(call, request)) {
      const chunks = weaver.weave(deltas);
      if (chunks.length === 0) continue;
      first ??= this.now();
      yield chunks;
    }
    const { text, finishReason, tokens, said } = weaver.end();
    const times = { started, first: options.measureTimes ? first : undefined, rounded: options.measureTimes ?? false };
    const last: LlmChunk = { text, ...(await this.usage(call, request, tokens, said, times)) };
    if (finishReason !== undefined) last.finishReason = finishReason;
    yield [last];
  }

  async blocking(call: ModelCall, asked: LlmRequest, options: InvokeLlmOptions): Promise<LlmResult> {
    if (!options.stream) return this.whole(call, fit(call, asked), options);
    const collector = new ToolCallCollector();
    let text = '';
    let reasoning = '';
    let last: LlmChunk = { text: '' };
    let systemFingerprint: string | undefined;
    for await (const chunks of this.stream(call, asked, options)) {
      for (const chunk of chunks) {
        text += chunk.text;
        reasoning += chunk.reasoning ?? '';
        if (chunk.toolCalls) collector.add(chunk.toolCalls);
        systemFingerprint = chunk.systemFingerprint ?? systemFingerprint;
        last = chunk;
      }
    }
    const { finishReason, usageEstimated = false } = last;
    const usage = last.usage as LlmUsage;
    const answer = { text, reasoning: reasoning || undefined, toolCalls: collector.calls, finishReason, systemFingerprint };
    return toResult(call.model, answer, { usage, usageEstimated });
  }

  private async whole(call: ModelCall, request: LlmRequest, options: InvokeLlmOptions): Promise<LlmResult> {
    const started = this.now();
    const { tokens, text, reasoning, toolCalls, finishReason, systemFingerprint } = await this.llm.generate(call, request);
    const said = text + (reasoning ?? '') + toolCalls.map((toolCall) => toolCall.function.name + toolCall.function.arguments).join('');
    const used = await this.usage(call, request, tokens, said, { started, first: undefined, rounded: options.measureTimes ?? false });
    const tagged = options.reasoning !== 'separated';
    const answer = {
      text: tagged ? tagReasoning(text, reasoning) : text,
      reasoning: tagged ? undefined : reasoning,
      toolCalls,
      finishReason,
      systemFingerprint,
    };
    return toResult(call.model, answer, used);
  }

  private async usage(
    call: ModelCall,
    request: LlmRequest,
    tokens: TokenCounts | undefined,
    said: string,
    times: { started: number; first: number | undefined; rounded: boolean },
  ): Promise<{ usage: LlmUsage; usageEstimated: boolean }> {
    const latency = this.now() - times.started;
    const counted = tokens ?? (await estimate(request, said));
    const seconds = (ms: number): number => (times.rounded ? Math.round(ms) / 1000 : ms / 1000);
    const first = times.first === undefined ? null : times.first - times.started;
    const usage = calculateUsage(call.schema?.pricing ?? null, counted, {
      latency: seconds(latency),
      timeToFirstToken: first === null ? null : seconds(first),
      timeToGenerate: first === null ? null : seconds(latency - first),
    });
    return { usage, usageEstimated: tokens === undefined };
  }
}

function fit(call: ModelCall, request: LlmRequest): LlmRequest {
  const { schema } = call;
  const fitted = fitStructuredOutput(schema, request);
  return schema ? { ...fitted, parameters: coerceParameters(schema.parameterRules, fitted.parameters ?? {}) } : fitted;
}

async function estimate(request: LlmRequest, said: string): Promise<TokenCounts> {
  const [completionTokens = 0] = await countTextTokens([said]);
  return { promptTokens: await countPromptTokens(request.messages, request.tools), completionTokens };
}

type Answer = Pick<LlmResult, 'text' | 'reasoning' | 'toolCalls' | 'finishReason' | 'systemFingerprint'>;

function toResult(model: string, answer: Answer, used: Pick<LlmResult, 'usage' | 'usageEstimated'>): LlmResult {
  const { text, toolCalls } = answer;
  return { model, message: { role: 'assistant', content: text, ...(toolCalls.length > 0 ? { toolCalls } : {}) }, ...answer, ...used };
}

function toChunk({ text, reasoning, toolCalls, finishReason, systemFingerprint, usage, usageEstimated }: LlmResult): LlmChunk {
  const chunk: LlmChunk = { text, usage, usageEstimated };
  if (reasoning !== undefined) chunk.reasoning = reasoning;
  if (toolCalls.length > 0) chunk.toolCalls = toolCalls.map(({ id, function: called }) => ({ id, ...called }));
  if (finishReason !== undefined) chunk.finishReason = finishReason;
  if (systemFingerprint !== undefined) chunk.systemFingerprint = systemFingerprint;
  return chunk;
}
