import { Injectable } from '@nestjs/common';
import { Sql } from '#platform/database';

const BATCH = 500;

/** Removes what belonged to deleted conversations, in bites, so that no statement holds many rows for long. */
@Injectable()
export class PurgeRepository {
  constructor(private readonly sql: Sql) {}

  /** Removes one bite; whether there may be more. Children go first, so an interrupted purge finds its way again. */
  async purgeSome(tenantId: string, conversationIds: readonly string[]): Promise<boolean> {
    const rows = await this.sql.rows<{ id: string }>(
      'select id from messages where tenant_id = $1 and conversation_id = any($2::uuid[]) limit $3',
      [tenantId, conversationIds, BATCH],
    );
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) {
      for (const table of ['message_files', 'message_feedbacks', 'message_agent_thoughts']) {
        await this.sql.run(`delete from ${table} where tenant_id = $1 and message_id = any($2::uuid[])`, [tenantId, ids]);
      }
      await this.sql.run('delete from messages where tenant_id = $1 and id = any($2::uuid[])', [tenantId, ids]);
    }
    return ids.length === BATCH;
  }
}
