import type { HistoryMessage } from '#engines/chat';
import { NIL_UUID } from '#common';
import { WorkflowMemory } from '../ports/memory.port.js';

/** A conversation that is always the same, newest message first; remembers how it was asked. State only what matters of a message. */
export class MemoryOf extends WorkflowMemory {
  readonly asked: { conversationId: string; limit: number }[] = [];

  constructor(private readonly newestFirst: readonly Partial<HistoryMessage>[]) {
    super();
  }

  override latest(conversationId: string, limit: number): Promise<readonly HistoryMessage[]> {
    this.asked.push({ conversationId, limit });
    const blank: HistoryMessage = { id: 'm', parentMessageId: NIL_UUID, query: '', answer: '', answerTokens: 1, files: [] };
    return Promise.resolve(this.newestFirst.slice(0, limit).map((message) => ({ ...blank, ...message })));
  }
}
