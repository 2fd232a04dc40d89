import { Injectable } from '@nestjs/common';
import { fallbackConversationName, parseTitle, titleRequest } from '#engines/chat';
import { ModelService } from '#features/models';
import { ConversationRepository } from '../repositories/conversation.repository.js';

/** A conversation that waits for its title. */
export interface UntitledConversation {
  tenantId: string;
  id: string;
  /** What its first message asked. */
  query: string;
  /** The name it has; a name that somebody gave meanwhile is left alone. */
  name: string;
}

const LONGEST_TITLE = 255;

/** Names conversations after their first question (contract service-and-web-api 10). */
@Injectable()
export class ConversationTitles {
  constructor(
    private readonly models: ModelService,
    private readonly conversations: ConversationRepository,
  ) {}

  /** A title by the workspace's default model; null when there is no such model. Rejects when the model fails. */
  async titleFor(tenantId: string, query: string, signal?: AbortSignal): Promise<string | null> {
    const model = await this.models.defaultModel(tenantId, 'llm');
    if (model === null) return null;
    const { text } = await this.models.invokeLlmBlocking(tenantId, model, titleRequest(query), signal && { signal });
    return parseTitle(text, query).slice(0, LONGEST_TITLE);
  }

  /** Gives a title to a new conversation; where none can be made, the beginning of the question. */
  async entitle({ tenantId, id, query, name }: UntitledConversation, signal: AbortSignal): Promise<void> {
    const title = await this.titleFor(tenantId, query, signal).catch(() => null);
    signal.throwIfAborted();
    await this.conversations.entitle(tenantId, id, title || fallbackConversationName(query), name);
  }
}
