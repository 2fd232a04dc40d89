import type { Sql } from '#platform/database';

/** Tables that are written by requests which change nothing (notes of use, locks), compared by their content without these columns. */
const WITH_NOTES: Readonly<Record<string, readonly string[]>> = {
  accounts: ['last_active_at', 'updated_at'],
  api_tokens: ['last_used_at'],
  end_users: ['updated_at'],
  run_idempotency: [],
};
/** Tables without `tenant_id` that hold rows of a workspace all the same. */
const BY_OTHER_COLUMNS: readonly [table: string, condition: string][] = [
  ['tenants', 'id = $1'],
  ['accounts', 'id in (select account_id from tenant_account_joins where tenant_id = $1)'],
  ['refresh_tokens', 'account_id in (select account_id from tenant_account_joins where tenant_id = $1)'],
];

/**
 * All rows of a workspace, in every table that has some. A row is known by its place and the transaction that wrote it: any write
 * shows, and large texts need not be read.
 */
export class WorkspaceRows {
  private constructor(private readonly statement: string) {}

  static async of(sql: Sql): Promise<WorkspaceRows> {
    const tables = await sql.rows<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
       where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    const sources = [...tables.map(({ name }): [string, string] => [name, 'tenant_id = $1']), ...BY_OTHER_COLUMNS];
    const selects = sources.map(([table, condition]) => {
      const notes = WITH_NOTES[table];
      const row = notes ? `(${notes.reduce((json, column) => `${json} - '${column}'`, 'to_jsonb(t)')})::text` : mark('t');
      return `select '${table} ' || ${row} as row from ${table} t where ${condition}`;
    });
    return new WorkspaceRows(selects.join('\nunion all\n'));
  }

  /** The rows, sorted. */
  async read(sql: Sql, tenantId: string): Promise<string[]> {
    const rows = await sql.rows<{ row: string }>(this.statement, [tenantId]);
    return rows.map(({ row }) => row).sort();
  }
}

const mark = (table: string): string =>
  `${table}.tableoid::regclass::text || ' at ' || ${table}.ctid::text || ' of ' || ${table}.xmin::text`;

/** Rows that are gone, changed or (unless `mayGrow`) new. */
export function differences(before: readonly string[], after: readonly string[], mayGrow = false): string[] {
  const [was, is] = [new Set(before), new Set(after)];
  const lost = before.filter((row) => !is.has(row)).map((row) => `- ${row}`);
  return mayGrow ? lost : [...lost, ...after.filter((row) => !was.has(row)).map((row) => `+ ${row}`)];
}
