import { Injectable } from '@nestjs/common';
import { ConversationRepository } from '../repositories/conversation.repository.js';
import { PurgeRepository } from '../repositories/purge.repository.js';

const CONVERSATIONS_AT_ONCE = 100;

/** Removes what belonged to conversations that are gone, and the conversations of apps that are gone. */
@Injectable()
export class ConversationPurge {
  constructor(
    private readonly rows: PurgeRepository,
    private readonly conversations: ConversationRepository,
  ) {}

  /** Removes all rows of deleted conversations, unless the signal fires before. */
  async purge(tenantId: string, conversationIds: readonly string[], signal?: AbortSignal): Promise<void> {
    while (await this.rows.purgeSome(tenantId, conversationIds)) signal?.throwIfAborted();
  }

  /** Removes some conversations of a deleted app with all that is theirs; whether there may be more. */
  async purgeSomeOfApp(tenantId: string, appId: string): Promise<boolean> {
    const ids = await this.conversations.someOfApp(tenantId, appId, CONVERSATIONS_AT_ONCE);
    if (ids.length === 0) return false;
    await this.purge(tenantId, ids);
    await this.conversations.deleteMany(tenantId, ids);
    return true;
  }
}
