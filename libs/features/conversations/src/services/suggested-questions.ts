import { Injectable } from '@nestjs/common';
import {
  type AppModelConfig,
  type HistoryMessage,
  parseAppModelConfig,
  parseSuggestedQuestions,
  suggestedQuestionsRequest,
} from '#engines/chat';
import { AppUnavailableError, PublishedApps } from '#features/apps';
import { ModelService } from '#features/models';
import { ChatConfig } from '#platform/config';
import { AppLogger } from '#platform/telemetry';
import type { Conversation, ConversationScope } from '../conversation.js';
import { ConversationNotFoundError, SuggestedQuestionsDisabledError } from '../conversations.errors.js';
import { ConversationRepository } from '../repositories/conversation.repository.js';
import { MessageRepository } from '../repositories/message.repository.js';
import { MessageService } from './message.service.js';

/** Messages of a conversation that may be of the thread of the last three. */
const LOOKED_AT = 20;

/** Questions that a person may want to ask next (contract models-agents-tools 15). */
@Injectable()
export class SuggestedQuestions {
  private readonly log: AppLogger;

  constructor(
    private readonly messages: MessageService,
    private readonly rows: MessageRepository,
    private readonly conversations: ConversationRepository,
    private readonly apps: PublishedApps,
    private readonly models: ModelService,
    private readonly config: ChatConfig,
    logger: AppLogger,
  ) {
    this.log = logger.scoped('conversations');
  }

  /** Up to three questions; none when the model fails. Throws 404 for somebody else's message, 400 where the app does not offer them. */
  async after(scope: ConversationScope, messageId: string): Promise<string[]> {
    const { conversationId } = await this.messages.get(scope, messageId);
    const conversation = await this.conversations.find(scope, conversationId);
    if (conversation === null) throw new ConversationNotFoundError();
    const config = await this.configOf(scope, conversation);
    if (!config.suggestedQuestionsAfterAnswer) throw new SuggestedQuestionsDisabledError();
    const past = await this.rows.latest(scope.tenantId, conversationId, LOOKED_AT);
    try {
      return await this.ask(
        scope.tenantId,
        past.map((message) => ({ ...message, files: [] })),
      );
    } catch (error) {
      this.log.warn('no questions could be suggested', { messageId, error });
      return [];
    }
  }

  private async ask(tenantId: string, history: readonly HistoryMessage[]): Promise<string[]> {
    const model = await this.models.defaultModel(tenantId, 'llm');
    if (model === null) return [];
    const {
      suggestedQuestionsPrompt: instruction,
      suggestedQuestionsMaxTokens: maxTokens,
      suggestedQuestionsTemperature: temperature,
    } = this.config;
    const request = await suggestedQuestionsRequest(history, { maxTokens, temperature, ...(instruction !== '' && { instruction }) });
    const { text } = await this.models.invokeLlmBlocking(tenantId, model, request);
    return parseSuggestedQuestions(text);
  }

  /** A conversation keeps the configuration it began with. */
  private async configOf({ tenantId, appId }: ConversationScope, conversation: Conversation): Promise<AppModelConfig> {
    const { overrideModelConfigs, appModelConfigId, mode } = conversation;
    if (overrideModelConfigs !== null && (mode === 'chat' || mode === 'agent-chat')) {
      return parseAppModelConfig(mode, JSON.parse(overrideModelConfigs) as Record<string, unknown>);
    }
    const kept = appModelConfigId === null ? null : await this.apps.findConfig(tenantId, appId, appModelConfigId);
    const config = kept ?? (await this.apps.find(tenantId, appId))?.parsed ?? null;
    if (config === null) throw new AppUnavailableError();
    return config;
  }
}
