import { type Json, NIL_UUID } from '#common';
import type { RowOp } from '#platform/database';
import { type ConversationOwner, type InvokeFrom, ownerColumns } from './conversation.js';
import type { MessageFile } from './message.js';

/** What every row of a turn shares. */
export interface TurnContext {
  tenantId: string;
  appId: string;
  mode: string;
  owner: ConversationOwner;
  invokeFrom: InvokeFrom;
  /** Long provider id and name; null for graph apps. */
  model: { provider: string; name: string } | null;
  /** JSON of an unsaved configuration that the debugger sent. */
  overrideModelConfigs: string | null;
  /** ISO text. */
  at: string;
}

/** A conversation that begins with this turn. */
export interface NewConversation {
  id: string;
  appModelConfigId: string | null;
  name: string;
  inputs: Record<string, Json>;
  introduction: string | null;
}

/** A turn that begins. */
export interface NewMessage {
  id: string;
  conversationId: string;
  /** Null and nil mean what they mean in the table. */
  parentMessageId: string | null;
  inputs: Record<string, Json>;
  query: string;
  workflowRunId?: string;
}

/** How a turn ended. Prices are decimal strings. */
export interface MessageEnd {
  /** The prompt as JSON text. */
  message: string;
  messageTokens: number;
  messageUnitPrice: string;
  messagePriceUnit: string;
  answer: string;
  answerTokens: number;
  answerUnitPrice: string;
  answerPriceUnit: string;
  totalPrice: string;
  currency: string;
  /** Unit: seconds. */
  latency: number;
  status: 'normal' | 'error' | 'paused';
  error: string | null;
  /** JSON text; null keeps what is there. */
  metadata: string | null;
}

// Rows of a turn are written out column by column: a spread among them costs several times the row.

/** The row of a conversation that begins. */
export function conversationRow(context: TurnContext, conversation: NewConversation): RowOp {
  const { from_source, from_end_user_id, from_account_id } = ownerColumns(context.owner);
  return {
    table: 'conversations',
    op: 'insert',
    row: {
      id: conversation.id,
      tenant_id: context.tenantId,
      app_id: context.appId,
      model_provider: context.model?.provider ?? null,
      model_id: context.model?.name ?? null,
      override_model_configs: context.overrideModelConfigs,
      invoke_from: context.invokeFrom,
      from_source,
      from_end_user_id,
      from_account_id,
      created_at: context.at,
      updated_at: context.at,
      app_model_config_id: conversation.appModelConfigId,
      mode: context.mode,
      name: conversation.name,
      inputs: JSON.stringify(conversation.inputs),
      introduction: conversation.introduction,
    },
  };
}

/** Moves a conversation that goes on to the front of lists. */
export function conversationTouch(id: string, at: string): RowOp {
  return { table: 'conversations', op: 'patch', row: { id, updated_at: at } };
}

/** The row of a turn that begins: without an answer, as it stays when nobody lives to write one. */
export function messageRow(context: TurnContext, message: NewMessage): RowOp {
  const { from_source, from_end_user_id, from_account_id } = ownerColumns(context.owner);
  return {
    table: 'messages',
    op: 'insert',
    row: {
      id: message.id,
      tenant_id: context.tenantId,
      app_id: context.appId,
      model_provider: context.model?.provider ?? null,
      model_id: context.model?.name ?? null,
      override_model_configs: context.overrideModelConfigs,
      invoke_from: context.invokeFrom,
      from_source,
      from_end_user_id,
      from_account_id,
      created_at: context.at,
      updated_at: context.at,
      conversation_id: message.conversationId,
      parent_message_id: message.parentMessageId,
      inputs: JSON.stringify(message.inputs),
      query: message.query,
      workflow_run_id: message.workflowRunId ?? null,
      app_mode: context.mode,
    },
  };
}

/** What a turn's end adds to its row. */
export function messageEndRow(id: string, end: MessageEnd, at: Date): RowOp {
  return {
    table: 'messages',
    op: 'patch',
    row: {
      id,
      message: end.message,
      message_tokens: end.messageTokens,
      message_unit_price: end.messageUnitPrice,
      message_price_unit: end.messagePriceUnit,
      answer: end.answer,
      answer_tokens: end.answerTokens,
      answer_unit_price: end.answerUnitPrice,
      answer_price_unit: end.answerPriceUnit,
      total_price: end.totalPrice,
      currency: end.currency,
      provider_response_latency: end.latency,
      status: end.status,
      error: end.error,
      message_metadata: end.metadata,
      updated_at: at.toISOString(),
    },
  };
}

/** Marks a turn that can't be told to its end, and why; with what is known of its answer, which stays as it is without one. */
export function messageFailedRow(id: string, error: string, at: Date, answer?: string): RowOp {
  const row = { id, status: 'error', error, updated_at: at.toISOString() };
  return { table: 'messages', op: 'patch', row: answer === undefined ? row : { ...row, answer } };
}

/** The row of a file that a message brings. */
export function messageFileRow(context: TurnContext, file: MessageFile): RowOp {
  return {
    table: 'message_files',
    op: 'insert',
    row: {
      id: file.id,
      tenant_id: context.tenantId,
      app_id: context.appId,
      message_id: file.messageId,
      type: file.type,
      transfer_method: file.transferMethod,
      url: file.url,
      belongs_to: file.belongsTo,
      upload_file_id: file.uploadFileId,
      name: file.name,
      extension: file.extension,
      mime_type: file.mimeType,
      size: file.size,
      created_by_role: context.owner.kind,
      created_by: context.owner.id,
      created_at: context.at,
    },
  };
}

/** The parent of a turn that came over the service API: one linear thread. */
export const LINEAR_PARENT = NIL_UUID;
