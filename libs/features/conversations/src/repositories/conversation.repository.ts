import { Injectable } from '@nestjs/common';
import type { Json } from '#common';
import { Sql, type Tx } from '#platform/database';
import { type Conversation, type ConversationScope, ownerColumns } from '../conversation.js';

interface Row {
  id: string;
  tenant_id: string;
  app_id: string;
  app_model_config_id: string | null;
  override_model_configs: string | null;
  mode: string;
  name: string;
  inputs: string;
  introduction: string | null;
  status: string;
  created_at: Date;
  updated_at: Date;
}

/** Which conversations of a list come first; a minus means newest first. */
export const CONVERSATION_ORDERS = ['created_at', '-created_at', 'updated_at', '-updated_at'] as const;
export type ConversationOrder = (typeof CONVERSATION_ORDERS)[number];

/** A slice of an end user's conversations. */
export interface ConversationSlice {
  /** Only those begun through this door, and those of unknown doors. */
  invokeFrom: string;
  order: ConversationOrder;
  limit: number;
  /** The one after which the slice begins. */
  after: Conversation | null;
}

const COLUMNS = `id, tenant_id, app_id, app_model_config_id, override_model_configs, mode, name, inputs, introduction, status, created_at, updated_at`;
const OWNED = `tenant_id = $1 and app_id = $2 and from_source = $3 and from_end_user_id is not distinct from $4::uuid
  and from_account_id is not distinct from $5::uuid and not is_deleted`;

/** Rows of `conversations`, always of one app and one person. The run path writes them through the RunWriter. */
@Injectable()
export class ConversationRepository {
  constructor(private readonly sql: Sql) {}

  async find(scope: ConversationScope, id: string): Promise<Conversation | null> {
    const row = await this.sql.row<Row>(`select ${COLUMNS} from conversations where ${OWNED} and id = $6`, [...owned(scope), id]);
    return row === null ? null : fromRow(row);
  }

  /** One of those that {@link list} goes through. */
  async findListed(scope: ConversationScope, id: string, invokeFrom: string): Promise<Conversation | null> {
    const row = await this.sql.row<Row>(
      `select ${COLUMNS} from conversations where ${OWNED} and (invoke_from = $7 or invoke_from is null) and id = $6`,
      [...owned(scope), id, invokeFrom],
    );
    return row === null ? null : fromRow(row);
  }

  /** Up to one more than `limit`, to tell whether there are more. */
  async list(scope: ConversationScope, slice: ConversationSlice): Promise<Conversation[]> {
    const column = slice.order.replace('-', '');
    const [compare, direction] = slice.order.startsWith('-') ? ['<', 'desc'] : ['>', 'asc'];
    const values: unknown[] = [...owned(scope), slice.invokeFrom, slice.limit + 1];
    const after =
      slice.after === null
        ? ''
        : `and (${column}, id) ${compare} (select ${column}, id from conversations where tenant_id = $1 and id = $8)`;
    if (slice.after !== null) values.push(slice.after.id);
    const rows = await this.sql.rows<Row>(
      `select ${COLUMNS} from conversations where ${OWNED} and (invoke_from = $6 or invoke_from is null) ${after}
       order by ${column} ${direction}, id ${direction} limit $7`,
      values,
    );
    return rows.map(fromRow);
  }

  /** Null when it is gone by now. */
  async rename(scope: ConversationScope, id: string, name: string): Promise<Conversation | null> {
    const row = await this.sql.row<Row>(
      `update conversations set name = $7, updated_at = now() where ${OWNED} and id = $6 returning ${COLUMNS}`,
      [...owned(scope), id, name],
    );
    return row === null ? null : fromRow(row);
  }

  /** Gives a title unless the person has given one since; leaves its place in lists alone. */
  async entitle(tenantId: string, id: string, title: string, initialName: string): Promise<void> {
    await this.sql.run('update conversations set name = $3 where tenant_id = $1 and id = $2 and name = $4 and not is_deleted', [
      tenantId,
      id,
      title,
      initialName,
    ]);
  }

  /** Whether there was one to remove. */
  async delete(scope: ConversationScope, id: string, tx: Tx): Promise<boolean> {
    return (await this.sql.run(`delete from conversations where ${OWNED} and id = $6`, [...owned(scope), id], tx)) > 0;
  }

  /** Up to `limit` conversations of an app; their ids. */
  async someOfApp(tenantId: string, appId: string, limit: number): Promise<string[]> {
    const rows = await this.sql.rows<{ id: string }>('select id from conversations where tenant_id = $1 and app_id = $2 limit $3', [
      tenantId,
      appId,
      limit,
    ]);
    return rows.map((row) => row.id);
  }

  async deleteMany(tenantId: string, ids: readonly string[]): Promise<void> {
    await this.sql.run('delete from conversations where tenant_id = $1 and id = any($2::uuid[])', [tenantId, ids]);
  }
}

function owned({ tenantId, appId, owner }: ConversationScope): unknown[] {
  const columns = ownerColumns(owner);
  return [tenantId, appId, columns.from_source, columns.from_end_user_id, columns.from_account_id];
}

function fromRow(row: Row): Conversation {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    appId: row.app_id,
    appModelConfigId: row.app_model_config_id,
    overrideModelConfigs: row.override_model_configs,
    mode: row.mode,
    name: row.name,
    inputs: JSON.parse(row.inputs) as Record<string, Json>,
    introduction: row.introduction,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
