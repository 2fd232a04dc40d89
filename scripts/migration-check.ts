import pg from 'pg';
import { DatabaseConfig } from '#platform/config';
import { MIGRATIONS_TABLE, Migrator, type OpenedDatabase, openDatabase } from '#platform/database';
import { migrations } from '#migrations';
import { entities } from '../apps/shared/src/entities.js';
import { preparers } from '../apps/shared/src/platform.modules.js';

/** Reverting the whole history takes long one day; the last ones are those that may still have to be taken back. */
const REVERTED = 10;

/** Tables without an entity, and why. */
const WITHOUT_ENTITY: Readonly<Record<string, string>> = {
  [MIGRATIONS_TABLE]: 'of TypeORM itself',
  schema_lock: 'locked while migrations run',
  typeorm_metadata: 'of TypeORM itself',
  dead_jobs: 'of the job queues, by written SQL only',
  expiring_values: 'of ExpiringStore, by written SQL only',
  job_effects: 'of the job queues, by written SQL only',
  job_outbox: 'of the job queues, by written SQL only',
  job_schedules: 'of the job queues, by written SQL only',
};

/** What stays when everything is reverted. */
const OWN = new Set([MIGRATIONS_TABLE, 'schema_lock', 'typeorm_metadata']);

const DONE = `${String(migrations.classes.length)} migrations, no difference to the entities, reverted and applied again`;

/** Where to check. */
export interface MigrationCheckOptions {
  /** An empty place for the embedded database. */
  directory: string;
  /** A PostgreSQL where databases may be created; left out when undefined. */
  postgresUrl: string | undefined;
  /** Whether to compare entities and schema alone, on the embedded database. */
  onlyEntities: boolean;
}

/** Runs all checks and prints what is wrong; answers how many problems there are. */
export async function checkMigrations({ directory, postgresUrl, onlyEntities }: MigrationCheckOptions): Promise<number> {
  if (onlyEntities) return report('entities', 'no difference to the migrations', () => compareOnly(directory));
  let problems = await report('embedded database', DONE, () => checkOne(new DatabaseConfig(), directory));
  if (postgresUrl === undefined) say('PostgreSQL: left out, no server found (set TEST_DATABASE_URL)');
  else
    problems += await report('PostgreSQL', DONE, () =>
      withDatabase(postgresUrl, (url) => checkOne(Object.assign(new DatabaseConfig(), { url }), directory)),
    );
  return problems;
}

/** On a copy of the prepared directory: what the migrations make is known there already. */
async function compareOnly(dataDir: string): Promise<string[]> {
  const database = await openDatabase({ config: new DatabaseConfig(), dataDir, entities, migrations, preparers });
  try {
    return await differences(database);
  } finally {
    await database.close();
  }
}

async function checkOne(config: DatabaseConfig, dataDir: string): Promise<string[]> {
  // Not from a prepared directory: the way from nothing to the head is what is checked.
  const database = await openDatabase({ config, dataDir, entities, migrations, usePrepared: false });
  try {
    const found = await differences(database);
    const before = await tablesOf(database);
    const migrator = new Migrator(database.connection, migrations);
    const count = Math.min(REVERTED, migrations.classes.length);
    await migrator.revert(count);
    const left = await tablesOf(database);
    if (count === migrations.classes.length)
      found.push(...left.filter((table) => !OWN.has(table)).map((table) => `${table} is still there after every migration was reverted`));
    await migrator.migrate();
    const after = await tablesOf(database);
    if (after.join() !== before.join())
      found.push(`reverting and applying the last ${String(count)} migrations gives other tables: ${after.join()}`);
    return found;
  } finally {
    await database.close();
  }
}

async function differences({ dataSource, sql }: OpenedDatabase): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  const known = new Set(dataSource.entityMetadatas.map((metadata) => metadata.tableName));
  const partitions = new Set(
    (await sql.rows<{ name: string }>('select inhrelid::regclass::text as name from pg_inherits')).map((row) => row.name),
  );
  const tables = (await tablesOf({ sql })).filter((table) => !known.has(table) && !partitions.has(table) && !(table in WITHOUT_ENTITY));
  return [
    ...upQueries.map(({ query }) => `entities and migrations differ; TypeORM would send: ${query}`),
    ...tables.map((table) => `table ${table} has no entity`),
  ];
}

async function tablesOf({ sql }: Pick<OpenedDatabase, 'sql'>): Promise<string[]> {
  const rows = await sql.rows<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = current_schema() order by 1',
  );
  return rows.map((row) => row.name);
}

async function withDatabase<T>(serverUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `baya_check_${String(process.pid)}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    return await work(url.href);
  } finally {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.end();
  }
}

async function report(label: string, done: string, check: () => Promise<string[]>): Promise<number> {
  const problems = await check().catch((error: unknown) => [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  say(`${label}: ${problems.length === 0 ? done : `${String(problems.length)} problem(s)`}`);
  for (const problem of problems) say(`  - ${problem}`);
  return problems.length;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
