import type { AssistantMessage, ContentPart, PromptMessage, PromptTool, ToolMessage } from '../types/prompt-message.js';
import { mediaUri, textOf } from '../types/prompt-message.js';
import type { JsonRecord } from '../wire/json-access.js';

/** `tools`: calls with ids; `functions`: the older form, one call a message without an id. */
export type CallStyle = 'tools' | 'functions';

/** Messages in the words of the chat completions API. */
export function toChatMessages(messages: readonly PromptMessage[], style: CallStyle): JsonRecord[] {
  return messages.map((message) => {
    switch (message.role) {
      case 'system':
        return { role: 'system', content: textOf(message.content) };
      case 'user':
        return { role: 'user', content: toContent(message.content), ...(message.name ? { name: message.name } : {}) };
      case 'assistant':
        return toAssistant(message, style);
      case 'tool':
        return toToolAnswer(message, style);
    }
  });
}

/** The request fields that offer functions to the model. */
export function toToolFields(tools: readonly PromptTool[], style: CallStyle): JsonRecord {
  const functions = tools.map(({ name, description, parameters }) => ({ name, description, parameters }));
  if (functions.length === 0) return {};
  if (style === 'functions') return { functions };
  return { tools: functions.map((declared) => ({ type: 'function', function: declared })), tool_choice: 'auto' };
}

/** The prompt of the older completions API: the texts of all messages. */
export function toCompletionPrompt(messages: readonly PromptMessage[]): string {
  return messages.map((message) => textOf(message.content)).join('\n');
}

function toAssistant(message: AssistantMessage, style: CallStyle): JsonRecord {
  const content = textOf(message.content);
  const calls = message.toolCalls ?? [];
  if (calls.length === 0) return { role: 'assistant', content };
  if (style === 'functions') return { role: 'assistant', content, function_call: calls[0]?.function };
  return { role: 'assistant', content: content === '' ? null : content, tool_calls: calls };
}

function toToolAnswer(message: ToolMessage, style: CallStyle): JsonRecord {
  const content = textOf(message.content);
  return style === 'functions'
    ? { role: 'function', name: message.name ?? message.toolCallId, content }
    : { role: 'tool', tool_call_id: message.toolCallId, content };
}

function toContent(content: string | ContentPart[]): string | JsonRecord[] {
  if (typeof content === 'string') return content;
  return content.every((part) => part.type === 'text') ? textOf(content) : content.map(toPart);
}

function toPart(part: ContentPart): JsonRecord {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.data };
    case 'image':
      return { type: 'image_url', image_url: { url: mediaUri(part), detail: part.detail ?? 'low' } };
    case 'audio':
      return { type: 'input_audio', input_audio: { data: part.base64Data ?? part.url ?? '', format: part.format } };
    case 'video':
      return { type: 'video_url', video_url: { url: mediaUri(part) } };
    case 'document':
      return { type: 'file', file: { filename: part.filename ?? `document.${part.format}`, file_data: mediaUri(part) } };
  }
}
