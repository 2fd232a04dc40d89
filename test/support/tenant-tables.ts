import { uuidv7 } from '#common';
import type { Sql } from '#platform/database';

interface Column {
  table_name: string;
  column_name: string;
  data_type: string;
  is_nullable: 'YES' | 'NO';
  column_default: string | null;
  character_maximum_length: number | null;
}

/** The tables that know workspaces, as the database itself tells: a new one is among them by itself. */
export async function tenantTables(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attname = 'tenant_id' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Puts a row of a workspace into each of these tables, with a value in every column that must have one. */
export async function fillTables(sql: Sql, tables: readonly string[], tenantId: string): Promise<void> {
  const columns = await sql.rows<Column>(
    `select table_name, column_name, data_type, is_nullable, column_default, character_maximum_length from information_schema.columns
     where table_schema = 'public' and table_name = any($1) order by ordinal_position`,
    [tables],
  );
  for (const table of tables) {
    const wanted = columns.filter((column) => column.table_name === table && column.is_nullable === 'NO' && column.column_default === null);
    const names = wanted.map(({ column_name }) => column_name);
    const values = wanted.map((column) => (column.column_name === 'tenant_id' ? tenantId : valueOf(column)));
    await sql.run(`insert into ${table} (${names.join(', ')}) values (${values.map((_, n) => `$${String(n + 1)}`).join(', ')})`, values);
  }
}

/** All rows of a workspace as text, table by table. */
export async function rowsOf(sql: Sql, tables: readonly string[], tenantId: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await sql.rows<{ row: string }>(`select t::text as row from ${table} t where tenant_id = $1 order by id`, [tenantId]);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

function valueOf({ table_name, column_name, data_type, character_maximum_length }: Column): unknown {
  if (data_type === 'uuid') return uuidv7();
  if (/^(character|text)/.test(data_type))
    return uuidv7()
      .replaceAll('-', '')
      .slice(-(character_maximum_length ?? 32));
  if (/^(smallint|integer|bigint|numeric|double precision|real)$/.test(data_type)) return 1;
  if (data_type === 'boolean') return false;
  if (/^(timestamp|date)/.test(data_type)) return new Date(0);
  if (data_type.startsWith('json')) return '{}';
  throw new TypeError(`No value is known for ${table_name}.${column_name} of type ${data_type}: add one here`);
}
