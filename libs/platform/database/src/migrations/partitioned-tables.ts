import type { QueryRunner } from 'typeorm';
import { uuidv7Floor } from '#common';

/** How far ahead of today partitions are made. */
const MONTHS_AHEAD = 3;

interface Queryable {
  query(text: string): Promise<unknown>;
}

/**
 * Makes a table that is partitioned by the month in its UUIDv7 id. `body` is what stands between the parentheses; `id` is
 * made by this function. Rows of months without a partition fall into the default one, so an insert never fails for want of it.
 */
export async function createPartitionedTable(runner: QueryRunner, table: string, body: string): Promise<void> {
  await runner.query(`create table ${table} (id uuid not null primary key, ${body}) partition by range (id)`);
  await runner.query(`create table ${table}_default partition of ${table} default`);
  await ensurePartitionsOf(runner, table);
}

/**
 * Makes the partitions of this month and the next three of every table made by {@link createPartitionedTable}; a month
 * whose rows already fell into the default partition is left there. Idempotent, for a daily schedule. Answers their names.
 */
export async function ensurePartitions(database: Queryable): Promise<string[]> {
  const tables = (await database.query(
    `select c.relname as name from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() order by 1`,
  )) as { name: string }[];
  const made: string[] = [];
  for (const { name } of tables) made.push(...(await ensurePartitionsOf(database, name)));
  return made;
}

async function ensurePartitionsOf(database: Queryable, table: string, now = new Date()): Promise<string[]> {
  const made: string[] = [];
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) {
    const from = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead);
    const until = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead + 1);
    const partition = `${table}_${new Date(from).toISOString().slice(0, 7).replace('-', '_')}`;
    const [low, high] = [uuidBound(from), uuidBound(until)];
    const found = (await database.query(
      `select to_regclass('${partition}') is not null as made, exists (select 1 from ${table}_default where id >= '${low}' and id < '${high}') as late`,
    )) as { made: boolean; late: boolean }[];
    if (found[0]?.made === true || found[0]?.late === true) continue;
    await database.query(`create table if not exists ${partition} partition of ${table} for values from ('${low}') to ('${high}')`);
    made.push(partition);
  }
  return made;
}

/** The lowest id of a month, version and variant bits cleared: no UUIDv7 of that moment sorts before it. */
function uuidBound(ms: number): string {
  return `${uuidv7Floor(ms).slice(0, 13)}-0000-0000-000000000000`;
}
