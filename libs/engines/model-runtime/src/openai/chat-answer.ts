import { InvokeError } from '../model-runtime.errors.js';
import type { LlmCompletion, LlmDelta } from '../types/llm.js';
import type { ToolCall } from '../types/prompt-message.js';
import type { TokenCounts } from '../types/usage.js';
import { asArray, asIdText, asNumber, asRecord, asText } from '../wire/json-access.js';
import type { JsonRecord } from '../wire/json-access.js';
import { errorInAnswer } from '../wire/vendor-error.js';
import { argumentsText, ToolCallTracker } from './tool-call-tracker.js';

/** Reads a whole answer of chat completions or completions. Throws the vendor's error when it carries one. */
export function readCompletion(answer: unknown, newId: () => string): LlmCompletion {
  const error = errorInAnswer(answer);
  if (error) throw error;
  const body = asRecord(answer);
  const choice = asRecord(asArray(body?.choices)[0]);
  if (!body || !choice) throw new InvokeError({ message: 'The answer of the model has no choices.' });
  const message = asRecord(choice.message);
  return {
    text: message ? contentText(message.content) : contentText(choice.text),
    reasoning: message ? reasoningOf(message) : undefined,
    toolCalls: message ? toolCallsOf(message, newId) : [],
    finishReason: asText(choice.finish_reason),
    systemFingerprint: asText(body.system_fingerprint),
    tokens: tokensOf(body, choice),
  };
}

/** Reads the events of one streamed answer. */
export class ChatEventReader {
  /** Whether the vendor said why the answer ends. */
  finished = false;
  private readonly calls: ToolCallTracker;

  constructor(newId: () => string) {
    this.calls = new ToolCallTracker(newId);
  }

  /** The delta of one event, or null when it has nothing for us. Throws the vendor's error when it carries one. */
  read(event: unknown): LlmDelta | null {
    const body = asRecord(event);
    if (!body) return null;
    const choice = asRecord(asArray(body.choices)[0]);
    if (!choice) {
      const error = errorInAnswer(body);
      if (error) throw error;
    } else if (body.error !== undefined && body.error !== null) {
      throw errorInAnswer(body) ?? new InvokeError({ message: 'The model broke off its answer.' });
    }
    const source = asRecord(choice?.delta) ?? asRecord(choice?.message) ?? {};
    const delta: LlmDelta = { text: contentText(choice?.text ?? source.content) };
    const reasoning = reasoningOf(source);
    if (reasoning !== undefined) delta.reasoning = reasoning;
    const pieces = callPieces(source);
    if (pieces.length > 0) delta.toolCalls = pieces.map((piece) => this.calls.read(piece));
    const finishReason = asText(choice?.finish_reason);
    if (finishReason !== undefined) {
      this.finished = true;
      delta.finishReason = finishReason;
    }
    const tokens = tokensOf(body, choice);
    if (tokens) delta.tokens = tokens;
    const isEmpty = delta.text === '' && !reasoning && pieces.length === 0 && finishReason === undefined && !tokens;
    if (isEmpty) return null;
    const fingerprint = asText(body.system_fingerprint);
    if (fingerprint !== undefined) delta.systemFingerprint = fingerprint;
    return delta;
  }
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => asText(asRecord(part)?.text) ?? '')
    .join('');
}

function reasoningOf(message: JsonRecord): string | undefined {
  return asText(message.reasoning_content) ?? asText(message.reasoning);
}

/** Entries of `tool_calls`, or the call of the older form as one entry. */
function callPieces(message: JsonRecord): unknown[] {
  const called = asRecord(message.function_call);
  return called ? [{ index: 0, function: called }] : asArray(message.tool_calls);
}

function toolCallsOf(message: JsonRecord, newId: () => string): ToolCall[] {
  return callPieces(message).map((entry) => {
    const called = asRecord(asRecord(entry)?.function);
    return {
      id: asIdText(asRecord(entry)?.id) ?? newId(),
      type: 'function',
      function: { name: asText(called?.name) ?? '', arguments: argumentsText(called?.arguments) },
    };
  });
}

/** Most vendors report at the top, some inside the choice or in a field of their own. */
function tokensOf(body: JsonRecord, choice: JsonRecord | undefined): TokenCounts | undefined {
  const usage = asRecord(body.usage) ?? asRecord(choice?.usage) ?? asRecord(asRecord(body.x_groq)?.usage);
  if (!usage) return undefined;
  const promptTokens = asNumber(usage.prompt_tokens);
  const completionTokens = asNumber(usage.completion_tokens);
  if (promptTokens === undefined && completionTokens === undefined) return undefined;
  return { promptTokens: promptTokens ?? 0, completionTokens: completionTokens ?? 0 };
}
