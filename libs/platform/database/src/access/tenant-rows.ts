import { NIL_UUID } from '#common';
import type { EntityClass } from '../data-source.js';
import type { Entities } from './entities.js';
import type { Sql } from './sql.js';

const BATCH = 1000;

/** Removes what a workspace has in tables, batch by batch, so that no statement holds the database for long. */
export class TenantRows {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  /** Removes the rows of a workspace from the tables of these entities that know workspaces. Can run twice; stops when the signal fires. */
  async remove(entities: readonly EntityClass[], tenantId: string, signal: AbortSignal): Promise<void> {
    for (const entity of entities) {
      const { tableName, columns } = this.entities.of(entity).metadata;
      if (columns.some(({ databaseName }) => databaseName === 'tenant_id')) await this.removeFrom(tableName, tenantId, signal);
    }
  }

  /** Walks the table by id, each row is looked at once: the tables of runs have no index on the workspace alone. */
  private async removeFrom(table: string, tenantId: string, signal: AbortSignal): Promise<void> {
    for (let last: string | null = NIL_UUID; last !== null;) {
      signal.throwIfAborted();
      const row: { last: string | null } | null = await this.sql.row(
        `with batch as (select id from ${table} where tenant_id = $1 and id > $2 order by id limit $3),
              gone as (delete from ${table} t using batch where t.id = batch.id and t.tenant_id = $1)
         select (select id from batch order by id desc limit 1) as last`,
        [tenantId, last, BATCH],
      );
      last = row?.last ?? null;
    }
  }
}
