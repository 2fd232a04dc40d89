import type { ContentPart, PromptMessage } from '#engines/model-runtime';

/** Puts files before the text of the last message when it is the user's, else into a message of their own. */
export function addParts(messages: readonly PromptMessage[], parts: readonly ContentPart[]): PromptMessage[] {
  if (parts.length === 0) return [...messages];
  const last = messages.at(-1);
  if (last?.role !== 'user') return [...messages, { role: 'user', content: [...parts] }];
  const rest: readonly ContentPart[] = typeof last.content === 'string' ? [{ type: 'text', data: last.content }] : last.content;
  return [...messages.slice(0, -1), { role: 'user', content: [...parts, ...rest] }];
}
