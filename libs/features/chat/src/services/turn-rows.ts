import { type EndEvent, type ErrorEvent, fallbackConversationName, initialConversationName, openingStatement } from '#engines/chat';
import {
  conversationRow,
  conversationTouch,
  messageEndRow,
  messageFileRow,
  messageRow,
  type NewConversation,
  type TurnContext,
} from '#features/conversations';
import type { RowOp } from '#platform/database';
import type { Turn } from '../turn.js';
import { messageFileOf } from './turn-files.js';

/** How the end of a turn is stored. */
export interface StoredEnd {
  status: 'normal' | 'error';
  error: string | null;
}

/** The rows with which a turn begins: conversation, message and its files; committed before its first frame leaves. */
export function startRows(turn: Turn): RowOp[] {
  const context: TurnContext = {
    tenantId: turn.tenantId,
    appId: turn.appId,
    mode: turn.mode,
    owner: turn.owner,
    invokeFrom: turn.invokeFrom,
    model: turn.config.model,
    overrideModelConfigs: turn.overrideModelConfigs,
    at: turn.createdAt.toISOString(),
  };
  const { messageId: id, conversationId, parentMessageId, inputs, query } = turn;
  return [
    turn.isNewConversation ? conversationRow(context, newConversation(turn)) : conversationTouch(conversationId, context.at),
    messageRow(context, { id, conversationId, parentMessageId, inputs, query }),
    ...turn.files.map((file) => messageFileRow(context, messageFileOf(file, id))),
  ];
}

/** The name with which a conversation begins. */
export function firstNameOf({ title, query }: Pick<Turn, 'query' | 'title'>): string {
  return title === 'query' && query !== '' ? fallbackConversationName(query) : initialConversationName(query);
}

function newConversation(turn: Turn): NewConversation {
  const { conversationId: id, configId: appModelConfigId, inputs, config } = turn;
  return { id, appModelConfigId, name: firstNameOf(turn), inputs, introduction: openingStatement(config.openingStatement, inputs) };
}

/** The row of a turn that is over. */
export function endRow(turn: Turn, event: EndEvent | ErrorEvent, { status, error }: StoredEnd, at: Date): RowOp {
  const { usage } = event;
  return messageEndRow(
    turn.messageId,
    {
      message: JSON.stringify(event.savedPrompt),
      messageTokens: usage.prompt_tokens,
      messageUnitPrice: usage.prompt_unit_price,
      messagePriceUnit: usage.prompt_price_unit,
      answer: event.storedAnswer,
      answerTokens: usage.completion_tokens,
      answerUnitPrice: usage.completion_unit_price,
      answerPriceUnit: usage.completion_price_unit,
      totalPrice: usage.total_price,
      currency: usage.currency,
      latency: event.latency,
      status,
      error,
      metadata: event.type === 'end' ? JSON.stringify(event.metadata) : null,
    },
    at,
  );
}
