import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrations } from '#migrations';
import { DatabaseConfig } from '#platform/config';
import {
  type DatabasePreparer,
  type Entities,
  type EntityClass,
  fingerprintOf,
  OpenedDatabase,
  openDatabase,
  prepareEmbeddedDatabase,
  type Sql,
  type Transactions,
} from '#platform/database';

/** The PostgreSQL the tests were given, with the right to create databases; its suites are left out without one. */
export const testDatabaseUrl = process.env.TEST_DATABASE_URL;

/** What a suite gets; usable in hooks and tests, not while the suite is declared. */
export interface DatabaseContext {
  readonly kind: 'embedded' | 'postgres';
  /** A directory of this suite's own, dropped after it. */
  readonly dataDir: string;
  /** Environment for `loadConfig` or for a process that shall use this suite's database. */
  readonly env: Record<string, string>;
  /** The open database; not with `connect: false`. */
  readonly database: OpenedDatabase;
  readonly sql: Sql;
  readonly transactions: Transactions;
  readonly entities: Entities;
}

export interface DatabaseSuiteOptions {
  /** Entities of the data source. */
  entities?: readonly EntityClass[];
  /** Whether the suite's own process opens the database. False where it boots an app with `ctx.env` (the embedded database has one user only). Default true. */
  connect?: boolean;
  /** What the app that the suite boots prepares besides the schema: then it starts from a copy too, in a second instead of twenty. */
  preparers?: readonly DatabasePreparer[];
  /** Changes the configuration of the suite's own connection. */
  config?: Partial<DatabaseConfig>;
}

/** Declares a suite once for the embedded database and once for PostgreSQL; each gets a migrated, empty database of its own. */
export function describeEachDatabase(name: string, suite: (ctx: DatabaseContext) => void, options: DatabaseSuiteOptions = {}): void {
  describe(`${name} (embedded)`, () => suite(contextOf('embedded', options)));
  if (testDatabaseUrl === undefined)
    describe.skip(`${name} (PostgreSQL: TEST_DATABASE_URL is not set)`, () => it('is left out', () => undefined));
  else describe(`${name} (PostgreSQL)`, () => suite(contextOf('postgres', options)));
}

/** The same once: on PostgreSQL where it is given, else on the embedded database. For what takes long and is the database's business only a little. */
export function describeOnOneDatabase(name: string, suite: (ctx: DatabaseContext) => void, options: DatabaseSuiteOptions = {}): void {
  const kind = testDatabaseUrl === undefined ? 'embedded' : 'postgres';
  describe(`${name} (${kind})`, () => suite(contextOf(kind, options)));
}

/** The same for PostgreSQL alone, for what takes several processes or sessions. */
export function describeOnPostgres(name: string, suite: (ctx: DatabaseContext) => void, options: DatabaseSuiteOptions = {}): void {
  if (testDatabaseUrl === undefined)
    describe.skip(`${name} (PostgreSQL: TEST_DATABASE_URL is not set)`, () => it('is left out', () => undefined));
  else describe(`${name} (PostgreSQL)`, () => suite(contextOf('postgres', options)));
}

function contextOf(kind: DatabaseContext['kind'], options: DatabaseSuiteOptions): DatabaseContext {
  let opened: OpenedDatabase | undefined;
  let directory = '';
  let env: Record<string, string> = {};
  let drop: () => Promise<void> = async () => undefined;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'baya-test-'));
    env = { DATA_DIR: directory };
    const config = Object.assign(new DatabaseConfig(), options.config);
    if (kind === 'postgres') {
      const created = await createTestDatabase(testDatabaseUrl ?? '');
      drop = created.drop;
      config.url = env.DATABASE_URL = created.url;
    } else await prepareEmbeddedDatabase({ migrations, preparers: options.preparers });
    if (options.connect !== false)
      opened = await openDatabase({ config, dataDir: directory, entities: options.entities ?? [], migrations });
  });
  afterAll(async () => {
    await opened?.close();
    await drop();
    await rm(directory, { recursive: true, force: true });
  });

  const database = (): OpenedDatabase => {
    if (!opened) throw new Error('The database of this suite is not open: use it in hooks and tests, without `connect: false`');
    return opened;
  };
  return {
    kind,
    get dataDir() {
      return directory;
    },
    get env() {
      return env;
    },
    get database() {
      return database();
    },
    get sql() {
      return database().sql;
    },
    get transactions() {
      return database().transactions;
    },
    get entities() {
      return database().entities;
    },
  };
}

/** A new database, copied from a template that is migrated once for each state of the history. */
export async function createTestDatabase(serverUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const template = `baya_template_${fingerprintOf(migrations, [])}`;
  const name = `baya_test_${String(process.pid)}_${Math.random().toString(36).slice(2)}`;
  await withClient(serverUrl, async (client) => {
    // One maker at a time; copying needs a template that nobody is connected to.
    await client.query('select pg_advisory_lock(7315)');
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) await makeTemplate(serverUrl, client, template);
    await client.query(`create database ${name} template ${template}`);
  });
  return {
    url: urlOf(serverUrl, name),
    drop: () => withClient(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

async function makeTemplate(serverUrl: string, client: pg.Client, template: string): Promise<void> {
  const making = `${template}_making`;
  await client.query(`drop database if exists ${making} with (force)`);
  await client.query(`create database ${making}`);
  const config = Object.assign(new DatabaseConfig(), { url: urlOf(serverUrl, making) });
  await (await openDatabase({ config, dataDir: '', entities: [], migrations })).close();
  await client.query(`alter database ${making} rename to ${template}`);
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
