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

  /** Apps in whose messages an uploaded file is. */
  async appsWith(tenantId: string, uploadFileId: string): Promise<string[]> {
    const rows = await this.sql.rows<{ app_id: string }>(
      'select distinct app_id from message_files where tenant_id = $1 and upload_file_id = $2',
      [tenantId, uploadFileId],
    );
    return rows.map((row) => row.app_id);
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
