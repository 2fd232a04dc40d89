import type { Sql } from '#platform/database';

/** Which workspace an app belongs to. An operator at the command line stands outside all workspaces, so he names the app alone. */
export async function workspaceOfApp(sql: Sql, appId: string): Promise<string | null> {
  const row = await sql.row<{ tenant_id: string }>('select tenant_id from apps where id = $1', [appId]);
  return row?.tenant_id ?? null;
}
