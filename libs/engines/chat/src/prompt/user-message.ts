import type { ContentPart, UserMessage } from '#engines/model-runtime';

/** A user's message: plain text, or its files followed by the text. */
export function userMessage(text: string, parts: readonly ContentPart[]): UserMessage {
  return { role: 'user', content: parts.length === 0 ? text : [...parts, { type: 'text', data: text }] };
}
