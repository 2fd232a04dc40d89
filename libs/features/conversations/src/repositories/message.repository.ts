import { Injectable } from '@nestjs/common';
import type { Json } from '#common';
import { Sql } from '#platform/database';
import { type ConversationScope, ownerColumns } from '../conversation.js';
import type { Message, MessageMetadata, PastMessage } from '../message.js';
import { messagesFloor } from '../messages-floor.js';
import { fileFromRow, type MessageFileRow } from './message-file.repository.js';

interface Row {
  id: string;
  conversation_id: string;
  parent_message_id: string | null;
  inputs: string;
  query: string;
  answer: string;
  status: string;
  error: string | null;
  message_metadata: string | null;
  agent_based: boolean;
  created_at: Date;
}

interface PastRow {
  id: string;
  parent_message_id: string | null;
  query: string;
  answer: string;
  answer_tokens: number;
  files: MessageFileRow[] | null;
}

const COLUMNS = 'id, conversation_id, parent_message_id, inputs, query, answer, status, error, message_metadata, agent_based, created_at';

/** Rows of `messages`. The run path writes them through the RunWriter. */
@Injectable()
export class MessageRepository {
  constructor(private readonly sql: Sql) {}

  /** A person's message in an app, with its conversation still there. */
  async find(scope: ConversationScope, id: string): Promise<Message | null> {
    const owner = ownerColumns(scope.owner);
    const row = await this.sql.row<Row>(
      `select ${COLUMNS} from messages m where tenant_id = $1 and app_id = $2 and id = $3 and from_source = $4
         and from_end_user_id is not distinct from $5::uuid and from_account_id is not distinct from $6::uuid
         and exists (select 1 from conversations c where c.id = m.conversation_id and not c.is_deleted)`,
      [scope.tenantId, scope.appId, id, owner.from_source, owner.from_end_user_id, owner.from_account_id],
    );
    return row === null ? null : fromRow(row);
  }

  /** A message of an app whoever began it. */
  async findInApp(tenantId: string, appId: string, id: string): Promise<Message | null> {
    const row = await this.sql.row<Row>(`select ${COLUMNS} from messages where tenant_id = $1 and app_id = $2 and id = $3`, [
      tenantId,
      appId,
      id,
    ]);
    return row === null ? null : fromRow(row);
  }

  /** Newest first, up to one more than `limit`; null when `before` is no message of the conversation. */
  async listBefore(tenantId: string, conversationId: string, before: string | null, limit: number): Promise<Message[] | null> {
    const scope = [tenantId, conversationId, messagesFloor(conversationId)];
    const inConversation = 'tenant_id = $1 and conversation_id = $2 and id >= $3';
    if (before === null) {
      const rows = await this.sql.rows<Row>(
        `select ${COLUMNS} from messages where ${inConversation} order by created_at desc, id desc limit $4`,
        [...scope, limit + 1],
      );
      return rows.map(fromRow);
    }
    const mark = await this.sql.row<{ created_at: Date }>(`select created_at from messages where ${inConversation} and id = $4`, [
      ...scope,
      before,
    ]);
    if (mark === null) return null;
    const rows = await this.sql.rows<Row>(
      `select ${COLUMNS} from messages where ${inConversation} and (created_at, id) < ((select created_at from messages where ${inConversation} and id = $5), $5)
       order by created_at desc, id desc limit $4`,
      [...scope, limit + 1, before],
    );
    return rows.map(fromRow);
  }

  /** The latest messages with their files, newest first, in one statement. */
  async latest(tenantId: string, conversationId: string, limit: number): Promise<PastMessage[]> {
    const rows = await this.sql.rows<PastRow>(
      `with past as materialized (
         select id, parent_message_id, query, answer, answer_tokens, created_at from messages
         where tenant_id = $1 and conversation_id = $2 and id >= $3 order by created_at desc, id desc limit $4)
       select past.*, attached.files from past left join (
         select message_id, json_agg(f order by f.id) as files from message_files f
         where tenant_id = $1 and message_id in (select id from past) group by message_id) attached on attached.message_id = past.id
       order by past.created_at desc, past.id desc`,
      [tenantId, conversationId, messagesFloor(conversationId), limit],
    );
    return rows.map((row) => ({
      id: row.id,
      parentMessageId: row.parent_message_id,
      query: row.query,
      answer: row.answer,
      answerTokens: row.answer_tokens,
      files: (row.files ?? []).map(fileFromRow),
    }));
  }

  /** What the first turn of a conversation asked; null when there is none. */
  async firstQuery(tenantId: string, conversationId: string): Promise<string | null> {
    const row = await this.sql.row<{ query: string }>(
      `select query from messages where tenant_id = $1 and conversation_id = $2 and id >= $3 order by created_at, id limit 1`,
      [tenantId, conversationId, messagesFloor(conversationId)],
    );
    return row?.query ?? null;
  }
}

function fromRow(row: Row): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    parentMessageId: row.parent_message_id,
    inputs: JSON.parse(row.inputs) as Record<string, Json>,
    query: row.query,
    answer: row.answer,
    status: row.status,
    error: row.error,
    metadata: row.message_metadata === null ? null : (JSON.parse(row.message_metadata) as MessageMetadata),
    agentBased: row.agent_based,
    createdAt: row.created_at,
  };
}
