import type { PromptMessage } from '#engines/model-runtime';
import { toPromptParts } from '../files/prompt-parts.js';
import type { PromptPartOptions } from '../files/prompt-parts.js';
import { currentThread } from './thread.js';
import type { HistoryMessage } from './thread.js';
import type { TokenCounter } from './token-counter.port.js';

/** Messages of a conversation that memory looks back at. */
export const HISTORY_LIMIT = 500;

export interface BuildHistoryOptions {
  /** How the messages' files become parts; absent: files are left out. */
  files?: PromptPartOptions;
  /** Tokens the history may take; not looked at without a counter. */
  budget?: number;
  counter?: TokenCounter;
}

/**
 * The thread of a conversation as prompt messages, oldest first: for each message what the user said and what was answered, files
 * before text. While it exceeds the budget the oldest single message is dropped, down to one (contract models-agents-tools 6.4).
 */
export async function buildHistory(newestFirst: readonly HistoryMessage[], options: BuildHistoryOptions = {}): Promise<PromptMessage[]> {
  const thread = currentThread(newestFirst.slice(0, HISTORY_LIMIT)).reverse();
  const pairs = await Promise.all(thread.map((message) => messagesOf(message, options.files)));
  const messages = pairs.flat();
  return options.counter === undefined ? messages : fit(messages, options.budget ?? 0, options.counter);
}

async function messagesOf(message: HistoryMessage, files: PromptPartOptions | undefined): Promise<PromptMessage[]> {
  if (files === undefined || message.files.length === 0) {
    return [
      { role: 'user', content: message.query },
      { role: 'assistant', content: message.answer },
    ];
  }
  const fromUser = message.files.filter((file) => file.belongsTo !== 'assistant');
  const fromAssistant = message.files.filter((file) => file.belongsTo === 'assistant');
  const [userParts, assistantParts] = await Promise.all([toPromptParts(fromUser, files), toPromptParts(fromAssistant, files)]);
  const content = (parts: typeof userParts, text: string): PromptMessage['content'] =>
    parts.length === 0 ? text : [...parts, { type: 'text', data: text }];
  return [
    { role: 'user', content: content(userParts, message.query) },
    { role: 'assistant', content: content(assistantParts, message.answer) },
  ];
}

/** The longest tail within the budget. More messages never count less, so it is found by halving, not by dropping one at a time. */
async function fit(messages: PromptMessage[], budget: number, counter: TokenCounter): Promise<PromptMessage[]> {
  if (messages.length <= 1 || (await counter.count(messages)) <= budget) return messages;
  let from = 1;
  let last = messages.length - 1;
  while (from < last) {
    const middle = Math.floor((from + last) / 2);
    if ((await counter.count(messages.slice(middle))) <= budget) last = middle;
    else from = middle + 1;
  }
  return messages.slice(from);
}
