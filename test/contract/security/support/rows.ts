import type { Sql } from '#platform/database';

/** Notes of use, written behind requests that change nothing. */
const VOLATILE = ['last_used_at', 'last_active_at', 'updated_at'];
/** Tables without `tenant_id` that hold rows of a workspace all the same. */
const BY_OTHER_COLUMNS: readonly [table: string, condition: string][] = [
  ['tenants', 'id = $1'],
  ['accounts', 'id in (select account_id from tenant_account_joins where tenant_id = $1)'],
  ['refresh_tokens', 'account_id in (select account_id from tenant_account_joins where tenant_id = $1)'],
];
/** Where a note of use is all that `updated_at` says; elsewhere it tells of a change. */
const NOTES_OF_USE = new Set(['accounts', 'end_users', 'api_tokens']);

/** All rows of a workspace, as text by table and content. */
export class WorkspaceRows {
  private constructor(private readonly statement: string) {}

  static async of(sql: Sql): Promise<WorkspaceRows> {
    const tables = await sql.rows<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
       where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    const sources = [...tables.map(({ name }): [string, string] => [name, 'tenant_id = $1']), ...BY_OTHER_COLUMNS];
    const selects = sources.map(([table, condition]) => {
      const left = NOTES_OF_USE.has(table) ? VOLATILE : VOLATILE.slice(0, 2);
      const row = left.reduce((json, column) => `${json} - '${column}'`, 'to_jsonb(t)');
      return `select '${table} ' || (${row})::text as row from ${table} t where ${condition}`;
    });
    return new WorkspaceRows(selects.join('\nunion all\n'));
  }

  /** The rows, sorted. */
  async read(sql: Sql, tenantId: string): Promise<string[]> {
    const rows = await sql.rows<{ row: string }>(this.statement, [tenantId]);
    return rows.map(({ row }) => row).sort();
  }
}

/** Rows that are gone, changed or (unless `mayGrow`) new. */
export function differences(before: readonly string[], after: readonly string[], mayGrow = false): string[] {
  const [was, is] = [new Set(before), new Set(after)];
  const lost = before.filter((row) => !is.has(row)).map((row) => `- ${row}`);
  return mayGrow ? lost : [...lost, ...after.filter((row) => !was.has(row)).map((row) => `+ ${row}`)];
}
