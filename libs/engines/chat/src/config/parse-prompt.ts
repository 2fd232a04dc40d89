import { isJsonObject } from '#common';
import type { CompletionTemplate, PromptConfig, PromptTemplateMessage } from './app-model-config.js';
import type { FullModelConfig } from './model-config-document.js';
import { listOf, objectOr, own, textOr } from './values.js';

/** Reads the prompt of a configuration. */
export function parsePrompt(config: FullModelConfig): PromptConfig {
  if (config.prompt_type !== 'advanced') return { type: 'simple', prePrompt: config.pre_prompt ?? '' };
  const messages = listOf(own(objectOr(config.chat_prompt_config, {}), 'prompt'));
  return { type: 'advanced', chat: messages.flatMap(templateMessage), completion: completionTemplate(config.completion_prompt_config) };
}

function templateMessage(message: unknown): PromptTemplateMessage[] {
  if (!isJsonObject(message)) return [];
  const role = own(message, 'role');
  if (role !== 'system' && role !== 'user' && role !== 'assistant') return [];
  return [{ role, text: textOr(own(message, 'text'), '') }];
}

function completionTemplate(value: unknown): CompletionTemplate | null {
  if (!isJsonObject(value)) return null;
  const prompt = own(value, 'prompt');
  if (!isJsonObject(prompt)) return null;
  const role = own(value, 'conversation_histories_role');
  const prefixes = isJsonObject(role)
    ? { user: textOr(own(role, 'user_prefix'), ''), assistant: textOr(own(role, 'assistant_prefix'), '') }
    : null;
  return { text: textOr(own(prompt, 'text'), ''), rolePrefixes: prefixes };
}
