import { savedPrompt } from '#engines/chat';
import type { LlmUsage, PromptMessage } from '#engines/model-runtime';
import type { ModelAnswer } from './ask-model.js';
import type { ModelSettings } from './model-settings.js';

/** What a call to a model cost, as the metadata of a node shows it. */
export function usageMetadata(usage: LlmUsage): Record<string, unknown> {
  return { total_tokens: usage.total_tokens, total_price: usage.total_price, currency: usage.currency };
}

/** What a model was asked, as the process data of a node shows it: names and kinds as recorded. */
export function askedAccount({ choice }: ModelSettings, messages: readonly PromptMessage[], answer: ModelAnswer): Record<string, unknown> {
  return {
    model_mode: choice.mode,
    prompts: savedPrompt(messages, choice.mode),
    usage: answer.usage,
    finish_reason: answer.finishReason,
    model_provider: choice.provider,
    model_name: choice.name,
  };
}
