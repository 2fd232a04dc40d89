import type { ContentPart, PromptMessage } from '#engines/model-runtime';
import type { RolePrefixes } from '../config/app-model-config.js';

/** A history as text for completion-mode models: a line `<prefix>: <content>` per message, pictures as `[image]`. */
export function historyText(messages: readonly PromptMessage[], prefixes: RolePrefixes): string {
  return messages
    .flatMap((message) => {
      if (message.role !== 'user' && message.role !== 'assistant') return [];
      return [`${message.role === 'user' ? prefixes.user : prefixes.assistant}: ${contentText(message.content)}`];
    })
    .join('\n');
}

function contentText(content: string | readonly ContentPart[]): string {
  if (typeof content === 'string') return content;
  const texts = content.flatMap((part) => (part.type === 'text' ? [part.data] : []));
  const pictures = content.flatMap((part) => (part.type === 'image' ? ['[image]'] : []));
  return [...texts, ...pictures].join('\n');
}
