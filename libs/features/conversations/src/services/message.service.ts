import { Injectable } from '@nestjs/common';
import type { ConversationScope } from '../conversation.js';
import { ConversationNotFoundError, FirstMessageNotFoundError, MessageNotFoundError } from '../conversations.errors.js';
import type { AgentThought, Message, MessageFile, Rating } from '../message.js';
import { AgentThoughtRepository } from '../repositories/agent-thought.repository.js';
import { ConversationRepository } from '../repositories/conversation.repository.js';
import { FeedbackRepository } from '../repositories/feedback.repository.js';
import { MessageFileRepository } from '../repositories/message-file.repository.js';
import { MessageRepository } from '../repositories/message.repository.js';
import { groupBy } from './group-by.js';

/** A message with all that is shown beside it. */
export interface MessageView {
  message: Message;
  /** The person's own rating. */
  rating: Rating | null;
  files: MessageFile[];
  thoughts: AgentThought[];
}

/** The messages of one person in one app. */
@Injectable()
export class MessageService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly files: MessageFileRepository,
    private readonly thoughts: AgentThoughtRepository,
    private readonly feedbacks: FeedbackRepository,
  ) {}

  /** Throws 404. */
  async get(scope: ConversationScope, id: string): Promise<Message> {
    const message = await this.messages.find(scope, id);
    if (message === null) throw new MessageNotFoundError();
    return message;
  }

  /** The newest `limit` messages before `firstId`, oldest first. Throws 404 for an unknown conversation or `firstId`. */
  async list(
    scope: ConversationScope,
    conversationId: string,
    { firstId, limit }: { firstId: string | null; limit: number },
  ): Promise<{ hasMore: boolean; views: MessageView[] }> {
    const { tenantId } = scope;
    if ((await this.conversations.find(scope, conversationId)) === null) throw new ConversationNotFoundError();
    const newestFirst = await this.messages.listBefore(tenantId, conversationId, firstId, limit);
    if (newestFirst === null) throw new FirstMessageNotFoundError();
    const messages = newestFirst.slice(0, limit).reverse();
    const agentIds = messages.filter((message) => message.agentBased).map((message) => message.id);
    const ids = messages.map((message) => message.id);
    const files = groupBy(await this.files.listOf(tenantId, ids), (file) => file.messageId);
    const thoughts = groupBy(await this.thoughts.listOf(tenantId, agentIds), (thought) => thought.messageId);
    const ratings =
      scope.owner.kind === 'end_user'
        ? await this.feedbacks.ratingsOf({ ...scope, endUserId: scope.owner.id }, ids)
        : new Map<string, Rating>();
    const views = messages.map((message) => ({
      message,
      rating: ratings.get(message.id) ?? null,
      files: files.get(message.id) ?? [],
      thoughts: thoughts.get(message.id) ?? [],
    }));
    return { hasMore: newestFirst.length > limit, views };
  }
}
