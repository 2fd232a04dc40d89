import { NIL_UUID } from '#common';
import type { ChatFile } from '../files/chat-file.js';

/** A message of a conversation as memory needs it. */
export interface HistoryMessage {
  readonly id: string;
  /** Null begins a thread; the nil UUID (service API) means "the one before". */
  readonly parentMessageId: string | null;
  readonly query: string;
  readonly answer: string;
  readonly answerTokens: number;
  /** The user's and the assistant's. */
  readonly files: readonly ChatFile[];
}

/**
 * Reduces the messages of a conversation, newest first, to the thread of the newest one by following parents; branches of
 * regenerated answers fall away. A newest message without an answer is the one being written and is left out. The result is
 * newest first (contract models-agents-tools 6.4).
 */
export function currentThread<M extends HistoryMessage>(newestFirst: readonly M[]): M[] {
  const thread: M[] = [];
  let next: string | null = null;
  for (const message of newestFirst) {
    if (next !== null && next !== message.id && next !== NIL_UUID) continue;
    thread.push(message);
    if (message.parentMessageId === null || message.parentMessageId === '') break;
    next = message.parentMessageId;
  }
  const newest = thread[0];
  return newest?.answer === '' && newest.answerTokens === 0 ? thread.slice(1) : thread;
}
