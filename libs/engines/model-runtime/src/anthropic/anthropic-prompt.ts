import type { AnthropicProvider } from '@ai-sdk/anthropic';

import type { LlmRequest } from '../types/llm.js';
import type { ContentPart, MediaPart, PromptMessage } from '../types/prompt-message.js';
import { textOf } from '../types/prompt-message.js';
import { asRecord, tryParseJson } from '../wire/json-access.js';

export type SdkModel = ReturnType<AnthropicProvider>;
export type SdkOptions = Parameters<SdkModel['doStream']>[0];
type SdkMessage = SdkOptions['prompt'][number];
type SdkUserPart = Extract<SdkMessage, { role: 'user' }>['content'][number];
type SdkAssistantPart = Extract<SdkMessage, { role: 'assistant' }>['content'][number];

/** The prompt in the package's words: one system message in front, answers of tools joined. */
export function toSdkPrompt(messages: readonly PromptMessage[], cacheSystem: { ttl: '5m' | '1h' } | null): SdkMessage[] {
  const system = messages
    .filter((message) => message.role === 'system')
    .map((message) => textOf(message.content))
    .filter(Boolean)
    .join('\n\n');
  const names = new Map<string, string>();
  const prompt: SdkMessage[] = [];
  if (system !== '') prompt.push({ role: 'system', content: system, ...(cacheSystem ? cached(cacheSystem.ttl) : {}) });
  for (const message of messages) {
    const converted = toSdkMessage(message, names);
    if (converted) prompt.push(converted);
  }
  return prompt;
}

/** The functions offered to the model. */
export function toSdkTools(tools: LlmRequest['tools'], cache: { ttl: '5m' | '1h' } | null): SdkOptions['tools'] {
  if (!tools?.length) return undefined;
  return tools.map((tool, index) => ({
    type: 'function',
    name: tool.name,
    description: tool.description,
    inputSchema: tool.parameters,
    ...(cache && index === tools.length - 1 ? cached(cache.ttl) : {}),
  }));
}

function cached(ttl: '5m' | '1h'): { providerOptions: { anthropic: { cacheControl: { type: 'ephemeral'; ttl: '5m' | '1h' } } } } {
  return { providerOptions: { anthropic: { cacheControl: { type: 'ephemeral', ttl } } } };
}

/** Null for what has no place of its own: the system message, and empty answers. */
function toSdkMessage(message: PromptMessage, names: Map<string, string>): SdkMessage | null {
  switch (message.role) {
    case 'system':
      return null;
    case 'user':
      return { role: 'user', content: toUserParts(message.content) };
    case 'assistant': {
      const text = textOf(message.content);
      const content: SdkAssistantPart[] = text === '' ? [] : [{ type: 'text', text }];
      for (const call of message.toolCalls ?? []) {
        names.set(call.id, call.function.name);
        const input = asRecord(tryParseJson(call.function.arguments)) ?? {};
        content.push({ type: 'tool-call', toolCallId: call.id, toolName: call.function.name, input });
      }
      return content.length > 0 ? { role: 'assistant', content } : null;
    }
    case 'tool': {
      const toolName = message.name ?? names.get(message.toolCallId) ?? message.toolCallId;
      const output = { type: 'text', value: textOf(message.content) } as const;
      return { role: 'tool', content: [{ type: 'tool-result', toolCallId: message.toolCallId, toolName, output }] };
    }
  }
}

function toUserParts(content: string | ContentPart[]): SdkUserPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.map((part) => (part.type === 'text' ? { type: 'text', text: part.data } : toFilePart(part)));
}

function toFilePart(part: MediaPart): SdkUserPart {
  const inline = /^data:([^;,]*);base64,(.*)$/s.exec(part.url ?? '');
  const data = inline ? (inline[2] ?? '') : part.url ? new URL(part.url) : (part.base64Data ?? '');
  const mediaType = inline?.[1] || part.mimeType || (part.type === 'image' ? 'image/*' : 'application/octet-stream');
  return { type: 'file', data, mediaType, ...(part.filename ? { filename: part.filename } : {}) };
}
