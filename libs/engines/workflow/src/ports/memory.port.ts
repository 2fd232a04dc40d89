import type { HistoryMessage } from '#engines/chat';

/** What was said in the conversation a run belongs to (contract workflow-engine 8). */
export abstract class WorkflowMemory {
  /** The newest messages of a conversation, newest first; at most `limit`, branches of regenerated answers included. */
  abstract latest(conversationId: string, limit: number): Promise<readonly HistoryMessage[]>;
}
