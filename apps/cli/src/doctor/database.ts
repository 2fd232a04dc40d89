import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { migrations } from '#migrations';
import type { DatabaseConfig } from '#platform/config';
import { Migrator } from '#platform/database';
import { bad, type Finding, good, warning, wordsOf } from './finding.js';

const DEADLINE_MS = 5000;
const OLDEST_POSTGRES = 150_000;

/** PostgreSQL: reachable, new enough, with pgvector, with a schema of ours. */
export async function* inspectPostgres(config: DatabaseConfig): AsyncGenerator<Finding> {
  const connection = { connectionString: config.connectionString, connectionTimeoutMillis: DEADLINE_MS, query_timeout: DEADLINE_MS };
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; number: number; connections: number; vector: boolean }>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number, current_setting('max_connections')::int as connections,
              exists (select from pg_available_extensions where name = 'vector') as vector`,
    );
    const [facts] = rows;
    if (facts) yield* judge(facts, config.poolSize);
    yield await inspectSchema(connection);
  } catch (error) {
    yield bad(
      'PostgreSQL',
      wordsOf(error),
      'Start it, or correct DATABASE_URL (DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD, DB_DATABASE); the database itself has to exist.',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function* judge(facts: { version: string; number: number; connections: number; vector: boolean }, poolSize: number): Generator<Finding> {
  if (facts.number < OLDEST_POSTGRES) yield bad('PostgreSQL', `version ${facts.version}`, 'Use PostgreSQL 15 or newer.');
  else yield good('PostgreSQL', `version ${facts.version}`);
  if (facts.connections < poolSize + 10)
    yield warning(
      'PostgreSQL',
      `allows ${facts.connections} connections, one process opens up to ${poolSize}`,
      'Raise max_connections, or lower DB_POOL_SIZE.',
    );
  if (!facts.vector)
    yield warning(
      'pgvector',
      'is not installed on this server',
      'Install it (image pgvector/pgvector, package postgresql-NN-pgvector) before knowledge bases are used.',
    );
}

async function inspectSchema(connection: pg.ClientConfig): Promise<Finding> {
  try {
    const { isEmpty, pending } = await new Migrator(connection, migrations).state();
    if (isEmpty) return good('schema', 'empty; is made at the next start');
    return good('schema', pending.length === 0 ? 'up to date' : `${pending.length} migrations are run at the next start`);
  } catch (error) {
    return bad('schema', wordsOf(error), 'See the message.');
  }
}

/** The embedded database: is it there, and is somebody using it? It is not opened, since that would take it from a running server. */
export function inspectEmbedded(dataDir: string): Finding {
  const directory = resolve(dataDir);
  const holder = readHolder(join(directory, 'database.lock'));
  if (holder !== null && isAlive(holder)) return good('embedded database', `in use by process ${holder}`);
  return good(
    'embedded database',
    existsSync(join(directory, 'database', 'PG_VERSION')) ? 'there, and not in use' : 'is made at the first start',
  );
}

function readHolder(path: string): number | null {
  try {
    const lock = JSON.parse(readFileSync(path, 'utf8')) as { pid?: unknown } | null;
    return typeof lock?.pid === 'number' ? lock.pid : null;
  } catch {
    // No lock, or a torn one: nobody holds the directory.
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
