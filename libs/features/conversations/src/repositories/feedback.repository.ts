import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import { Sql } from '#platform/database';
import type { Feedback, Message, Rating } from '../message.js';

interface Row {
  id: string;
  app_id: string;
  conversation_id: string;
  message_id: string;
  rating: Rating;
  content: string | null;
  from_source: string;
  from_end_user_id: string | null;
  from_account_id: string | null;
  created_at: Date;
  updated_at: Date;
}

/** Whose feedback is meant, and where. */
export interface FeedbackScope {
  tenantId: string;
  appId: string;
  endUserId: string;
}

const COLUMNS =
  'id, app_id, conversation_id, message_id, rating, content, from_source, from_end_user_id, from_account_id, created_at, updated_at';

/** Rows of `message_feedbacks`. */
@Injectable()
export class FeedbackRepository {
  constructor(private readonly sql: Sql) {}

  /** Writes or replaces an end user's feedback on a message. */
  async put(scope: FeedbackScope, message: Message, rating: Rating, content: string | null): Promise<void> {
    await this.sql.run(
      `insert into message_feedbacks (id, tenant_id, app_id, conversation_id, message_id, rating, content, from_source, from_end_user_id, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'user', $8, now(), now())
       on conflict (tenant_id, message_id, from_end_user_id) where from_source = 'user'
       do update set rating = excluded.rating, content = excluded.content, updated_at = now()`,
      [uuidv7(), scope.tenantId, scope.appId, message.conversationId, message.id, rating, content, scope.endUserId],
    );
  }

  /** Whether there was one to remove. */
  async remove(scope: FeedbackScope, messageId: string): Promise<boolean> {
    const removed = await this.sql.run(
      `delete from message_feedbacks where tenant_id = $1 and app_id = $2 and message_id = $3 and from_source = 'user' and from_end_user_id = $4`,
      [scope.tenantId, scope.appId, messageId, scope.endUserId],
    );
    return removed > 0;
  }

  /** An end user's ratings of some messages, by message id. */
  async ratingsOf(scope: FeedbackScope, messageIds: readonly string[]): Promise<ReadonlyMap<string, Rating>> {
    if (messageIds.length === 0) return new Map();
    const rows = await this.sql.rows<Pick<Row, 'message_id' | 'rating'>>(
      `select message_id, rating from message_feedbacks where tenant_id = $1 and from_source = 'user' and from_end_user_id = $2 and message_id = any($3::uuid[])`,
      [scope.tenantId, scope.endUserId, messageIds],
    );
    return new Map(rows.map((row) => [row.message_id, row.rating]));
  }

  /** All feedback on an app, newest first. */
  async listOfApp(tenantId: string, appId: string, { page, limit }: { page: number; limit: number }): Promise<Feedback[]> {
    const rows = await this.sql.rows<Row>(
      `select ${COLUMNS} from message_feedbacks where tenant_id = $1 and app_id = $2 order by created_at desc, id desc limit $3 offset $4`,
      [tenantId, appId, limit, (page - 1) * limit],
    );
    return rows.map((row) => ({
      id: row.id,
      appId: row.app_id,
      conversationId: row.conversation_id,
      messageId: row.message_id,
      rating: row.rating,
      content: row.content,
      fromSource: row.from_source,
      fromEndUserId: row.from_end_user_id,
      fromAccountId: row.from_account_id,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }));
  }
}
