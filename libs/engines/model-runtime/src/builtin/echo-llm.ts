import { setTimeout as delay } from 'node:timers/promises';

import type { LlmCapability, ModelCall } from '../ports/model-provider.port.js';
import type { LlmCompletion, LlmDelta, LlmRequest } from '../types/llm.js';
import { textOf } from '../types/prompt-message.js';
import { errorOfAnswer } from '../wire/vendor-error.js';
import { echoAnswer, splitWords } from './echo-script.js';

/** Words that leave together when no pause is asked for. */
const BATCH = 16;
const CALL_ID = 'call_echo_1';

/** The deterministic test chat. A token is a word. */
export class EchoLlm implements LlmCapability {
  async generate(call: ModelCall, request: LlmRequest): Promise<LlmCompletion> {
    const completion: LlmCompletion = { text: '', toolCalls: [] };
    for await (const deltas of this.stream(call, request)) {
      for (const delta of deltas) {
        completion.text += delta.text;
        for (const { id, name, arguments: args } of delta.toolCalls ?? []) {
          completion.toolCalls.push({ id, type: 'function', function: { name: name ?? '', arguments: args } });
        }
        if (delta.finishReason !== undefined) completion.finishReason = delta.finishReason;
        if (delta.tokens) completion.tokens = delta.tokens;
      }
    }
    return completion;
  }

  async *stream(call: ModelCall, request: LlmRequest): AsyncIterable<LlmDelta[]> {
    call.signal?.throwIfAborted();
    const answer = echoAnswer(request);
    if (answer.kind === 'failure') {
      throw errorOfAnswer(answer.status, {}, JSON.stringify({ error: { message: 'told to fail', code: 'told_to_fail' } }), Date.now());
    }
    const promptTokens = request.messages.reduce((sum, message) => sum + splitWords(textOf(message.content)).length, 0);
    if (answer.kind === 'tool') {
      const toolCalls = [{ id: CALL_ID, name: answer.name, arguments: answer.arguments }];
      yield [
        { text: '', toolCalls },
        { text: '', finishReason: 'tool_calls', tokens: { promptTokens, completionTokens: 1 } },
      ];
      return;
    }
    const words = splitWords(untilStop(answer.text, request.stop ?? []));
    const limit = Number(request.parameters?.max_tokens ?? Number.POSITIVE_INFINITY);
    const said = words.slice(0, limit);
    yield* this.speak(call, said, Number(request.parameters?.delay_ms ?? 0));
    const finishReason = said.length < words.length ? 'length' : 'stop';
    yield [{ text: '', finishReason, tokens: { promptTokens, completionTokens: said.length } }];
  }

  private async *speak(call: ModelCall, words: readonly string[], delayMs: number): AsyncIterable<LlmDelta[]> {
    const batch = delayMs > 0 ? 1 : BATCH;
    for (let start = 0; start < words.length; start += batch) {
      if (delayMs > 0) await delay(delayMs, undefined, call.signal ? { signal: call.signal } : {}).catch(() => undefined);
      call.signal?.throwIfAborted();
      yield words.slice(start, start + batch).map((text) => ({ text }));
    }
  }
}

function untilStop(text: string, stop: readonly string[]): string {
  const ends = stop.map((word) => text.indexOf(word)).filter((index) => index >= 0);
  return ends.length > 0 ? text.slice(0, Math.min(...ends)) : text;
}
