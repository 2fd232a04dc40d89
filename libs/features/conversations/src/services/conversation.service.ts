import { Injectable } from '@nestjs/common';
import { type CursorPage, cursorPageOf } from '#common';
import { Transactions } from '#platform/database';
import { Jobs } from '#platform/jobs';
import type { Conversation, ConversationScope } from '../conversation.js';
import { ConversationNotFoundError, LastConversationNotFoundError } from '../conversations.errors.js';
import { purgeConversations } from '../jobs/purge-conversations.job.js';
import { type ConversationOrder, ConversationRepository } from '../repositories/conversation.repository.js';
import { MessageRepository } from '../repositories/message.repository.js';
import { ConversationTitles } from './conversation-titles.js';

/** What is asked of a list of conversations. */
export interface ListConversations {
  /** Only those begun through this door. */
  invokeFrom: string;
  order: ConversationOrder;
  limit: number;
  /** Id of the last one of the slice before. */
  lastId: string | null;
}

/** The conversations of one person in one app. */
@Injectable()
export class ConversationService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly titles: ConversationTitles,
    private readonly transactions: Transactions,
    private readonly jobs: Jobs,
  ) {}

  /** Throws 404 when there is none of this person's in this app. */
  async get(scope: ConversationScope, id: string): Promise<Conversation> {
    const conversation = await this.conversations.find(scope, id);
    if (conversation === null) throw new ConversationNotFoundError();
    return conversation;
  }

  /** Throws 404 when `lastId` is none of them. */
  async list(scope: ConversationScope, { lastId, ...slice }: ListConversations): Promise<CursorPage<Conversation>> {
    const after = lastId === null ? null : await this.conversations.findListed(scope, lastId, slice.invokeFrom);
    if (lastId !== null && after === null) throw new LastConversationNotFoundError();
    return cursorPageOf(await this.conversations.list(scope, { ...slice, after }), slice.limit);
  }

  /** Gives a name. Throws 404. */
  async rename(scope: ConversationScope, id: string, name: string): Promise<Conversation> {
    const renamed = await this.conversations.rename(scope, id, name);
    if (renamed === null) throw new ConversationNotFoundError();
    return renamed;
  }

  /** Names a conversation after its first question; keeps the name when no title can be made. Throws 404. */
  async generateName(scope: ConversationScope, id: string): Promise<Conversation> {
    const conversation = await this.get(scope, id);
    const query = await this.messages.firstQuery(scope.tenantId, id);
    const title = query === null ? null : await this.titles.titleFor(scope.tenantId, query).catch(() => null);
    return title === null || title === '' ? conversation : this.rename(scope, id, title);
  }

  /** Removes the conversation at once; a job removes what belongs to it. Throws 404. */
  async delete(scope: ConversationScope, id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.conversations.delete(scope, id, tx))) throw new ConversationNotFoundError();
      await this.jobs.enqueue(purgeConversations, { tenantId: scope.tenantId, conversationIds: [id] }, { tx });
    });
  }
}
