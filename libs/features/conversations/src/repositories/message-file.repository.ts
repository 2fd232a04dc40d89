import { Injectable } from '@nestjs/common';
import { Sql } from '#platform/database';
import type { MessageFile } from '../message.js';

/** A row of `message_files`, also as PostgreSQL makes JSON of it. */
export interface MessageFileRow {
  id: string;
  message_id: string;
  type: string;
  transfer_method: string;
  url: string | null;
  belongs_to: MessageFile['belongsTo'];
  upload_file_id: string | null;
  name: string;
  extension: string;
  mime_type: string;
  size: number;
}

const COLUMNS = 'id, message_id, type, transfer_method, url, belongs_to, upload_file_id, name, extension, mime_type, size';

/** Rows of `message_files`. The run path writes them through the RunWriter. */
@Injectable()
export class MessageFileRepository {
  constructor(private readonly sql: Sql) {}

  /** Files of some messages, in the order in which they were attached. */
  async listOf(tenantId: string, messageIds: readonly string[]): Promise<MessageFile[]> {
    if (messageIds.length === 0) return [];
    const rows = await this.sql.rows<MessageFileRow>(
      `select ${COLUMNS} from message_files where tenant_id = $1 and message_id = any($2::uuid[]) order by id`,
      [tenantId, messageIds],
    );
    return rows.map(fileFromRow);
  }

  /** Apps and end users in whose messages an uploaded file is; no end user where a member sent it. */
  async holdersOf(tenantId: string, uploadFileId: string): Promise<{ appId: string; endUserId: string | null }[]> {
    const rows = await this.sql.rows<{ app_id: string; from_end_user_id: string | null }>(
      `select distinct f.app_id, m.from_end_user_id from message_files f left join messages m on m.id = f.message_id and m.tenant_id = $1
       where f.tenant_id = $1 and f.upload_file_id = $2`,
      [tenantId, uploadFileId],
    );
    return rows.map((row) => ({ appId: row.app_id, endUserId: row.from_end_user_id }));
  }
}

export function fileFromRow(row: MessageFileRow): MessageFile {
  return {
    id: row.id,
    messageId: row.message_id,
    type: row.type,
    transferMethod: row.transfer_method,
    url: row.url,
    belongsTo: row.belongs_to,
    uploadFileId: row.upload_file_id,
    name: row.name,
    extension: row.extension,
    mimeType: row.mime_type,
    size: row.size,
  };
}
