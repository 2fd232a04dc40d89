import type { Pool, QueryResult, QueryResultRow } from 'pg';
import { mapDatabaseError } from '../database.errors.js';
import type { Transactions, Tx } from './transactions.js';

interface RawConnection {
  query(text: string, values?: unknown[]): Promise<QueryResult<QueryResultRow>>;
}

/**
 * Written SQL for hot statements, in repositories only. Placeholders are `$1`, `$2`...; rows come as the driver gives
 * them (snake_case columns, timestamptz as Date, bigint and numeric as text, jsonb parsed). Inside a transaction its Tx
 * is not optional. Throws `database_unavailable` (503) when the database can't be reached or a free connection does not come.
 */
export class Sql {
  constructor(
    private readonly pool: Pool,
    private readonly transactions: Transactions,
  ) {}

  /** All rows of a statement. */
  async rows<R>(text: string, values: unknown[] = [], tx?: Tx): Promise<R[]> {
    return (await this.send(text, values, tx)).rows as R[];
  }

  /** The first row of a statement, or null. */
  async row<R>(text: string, values: unknown[] = [], tx?: Tx): Promise<R | null> {
    return ((await this.send(text, values, tx)).rows[0] as R | undefined) ?? null;
  }

  /** How many rows a statement changed. */
  async run(text: string, values: unknown[] = [], tx?: Tx): Promise<number> {
    return (await this.send(text, values, tx)).rowCount ?? 0;
  }

  private async send(text: string, values: unknown[], tx: Tx | undefined): Promise<QueryResult<QueryResultRow>> {
    if (!tx) this.transactions.assertOutside();
    try {
      return await (tx ? await connectionOf(tx) : this.pool).query(text, values);
    } catch (error) {
      throw mapDatabaseError(error);
    }
  }
}

/** The connection of a transaction, to send a statement without TypeORM's own bookkeeping around it. */
async function connectionOf(tx: Tx): Promise<RawConnection> {
  return (await tx.manager.queryRunner?.connect()) as RawConnection;
}
