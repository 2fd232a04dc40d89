import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { DatabaseConfig } from '#platform/config';
import { EmbeddedDatabase, findPrepared } from '#platform/embedded-database';
import { DatabaseHealth } from './access/database-health.js';
import { Entities } from './access/entities.js';
import { Sql } from './access/sql.js';
import { TenantRows } from './access/tenant-rows.js';
import { Transactions } from './access/transactions.js';
import { createDataSource, type EntityClass, poolOf } from './data-source.js';
import { countingClient, reportingDriver } from './database-client.js';
import { DatabaseUnreachableError, isDatabaseUnavailable } from './database.errors.js';
import { type DatabasePreparer, fingerprintOf, type MigrationSet } from './migrations/migration-set.js';
import { Migrator } from './migrations/migrator.js';
import { StatementCounter } from './statement-counter.js';
import { RunWriter } from './writer/run-writer.js';
import { RunWriterTables } from './writer/run-writer-tables.js';

/** More connections to one session only make a longer queue. */
const EMBEDDED_POOL = 8;
/** Connections set apart for the writer and the heartbeat, which must not wait behind slow requests. */
const RESERVED = 3;
const FLUSH_TIMEOUT_MS = 5000;
const DRAIN_MS = 5000;
/** About as long as two flushes take under load. What ends is told that much later, and what begins hears its first frame sooner. */
const GATHER_MS = 15;

/** What is opened. */
export interface OpenDatabaseOptions {
  /** Which database. */
  config: DatabaseConfig;
  /** DATA_DIR, home of the embedded database. */
  dataDir: string;
  /** Entities of all features of this process. */
  entities: readonly EntityClass[];
  /** The history of the schema, run when something of it is pending. */
  migrations: MigrationSet;
  /** What else a prepared data directory holds. */
  preparers?: readonly DatabasePreparer[];
  /** The embedded database of `dataDir`, when its start has begun already. */
  embedded?: Promise<EmbeddedDatabase> | undefined;
  /** Start from a prepared data directory when there is one. Off only where one is being made. */
  usePrepared?: boolean;
}

/** An open, migrated database and everything that speaks with it. */
export class OpenedDatabase {
  constructor(
    /** TypeORM's data source; in repositories and platform only. */
    readonly dataSource: DataSource,
    /** Connections of the writer and the heartbeat. */
    readonly reservedPool: pg.Pool,
    readonly counter: StatementCounter,
    readonly connection: pg.ClientConfig,
    /** The child process, when the database is the embedded one. */
    readonly embedded: EmbeddedDatabase | null,
    config: DatabaseConfig,
  ) {
    this.transactions = new Transactions(dataSource, this.isEmbedded);
    this.sql = new Sql(poolOf(dataSource), this.transactions);
    this.reservedSql = new Sql(reservedPool, this.transactions);
    this.entities = new Entities(dataSource, this.transactions);
    this.tenantRows = new TenantRows(this.entities, this.sql);
    this.health = new DatabaseHealth(connection);
    this.writer = new RunWriter(reservedPool, this.writerTables, {
      startsApart: !embedded,
      gatherMs: GATHER_MS,
      maxQueuedRows: config.writerQueueRows,
      flushTimeoutMs: Math.min(config.queryTimeoutMs, FLUSH_TIMEOUT_MS),
      startPatienceMs: config.poolTimeoutMs,
      patienceMs: config.writerPatienceMs,
    });
  }

  readonly transactions: Transactions;
  readonly sql: Sql;
  /** The same over the reserved connections: for heartbeats and recovery. */
  readonly reservedSql: Sql;
  readonly entities: Entities;
  readonly tenantRows: TenantRows;
  readonly health: DatabaseHealth;
  readonly writerTables = new RunWriterTables();
  readonly writer: RunWriter;

  /** Whether the database is the embedded one: one session, one process. */
  get isEmbedded(): boolean {
    return this.embedded !== null;
  }

  /** Lets the writer finish, closes the pools and ends the child. */
  async close(): Promise<void> {
    await this.writer.drain(DRAIN_MS);
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    if (!this.reservedPool.ended) await this.reservedPool.end();
    await this.embedded?.close();
  }
}

/** Starts the embedded database when no other is configured, brings the schema to its head and opens the pools. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const { config } = options;
  const embedded = config.isExternal ? null : await openEmbedded(options);
  try {
    const connection = embedded
      ? { ...embedded.address, user: 'postgres', database: 'postgres' }
      : { connectionString: config.connectionString, application_name: 'baya' };
    const migrator = new Migrator(connection, options.migrations);
    const { isEmpty, pending } = await migrator.state();
    if (pending.length > 0 && embedded && !isEmpty) await embedded.backUp(pending[0] ?? '');
    if (pending.length > 0) await migrator.migrate();
    return await openPools(options, connection, embedded);
  } catch (error) {
    await embedded?.close();
    throw isDatabaseUnavailable(error) ? new DatabaseUnreachableError(error) : error;
  }
}

async function openEmbedded(options: OpenDatabaseOptions): Promise<EmbeddedDatabase> {
  const prepared = options.usePrepared === false ? null : findPrepared(fingerprintOf(options.migrations, options.preparers ?? []));
  const begun = await options.embedded;
  if (begun && (begun.madeFrom === undefined || begun.madeFrom === prepared)) return begun;
  // It was made of what another build had prepared; it may lack tables of queues, or have a history that was edited since.
  await begun?.discard();
  return EmbeddedDatabase.open({ dataDir: options.dataDir, prepared });
}

async function openPools(
  options: OpenDatabaseOptions,
  connection: pg.ClientConfig,
  embedded: EmbeddedDatabase | null,
): Promise<OpenedDatabase> {
  const { config } = options;
  const counter = new StatementCounter();
  const shared: pg.PoolConfig = {
    ...connection,
    Client: countingClient(counter),
    connectionTimeoutMillis: config.poolTimeoutMs,
    query_timeout: config.queryTimeoutMs,
    keepAlive: true,
  };
  const total = embedded ? EMBEDDED_POOL : config.poolSize;
  const dataSource = await createDataSource({ ...shared, max: Math.max(total - RESERVED, 2) }, options.entities).initialize();
  const reservedPool = new reportingDriver.Pool({ ...shared, max: RESERVED });
  // The pool drops idle connections that fail; without a listener that would end the process.
  reservedPool.on('error', () => undefined);
  return new OpenedDatabase(dataSource, reservedPool, counter, connection, embedded, config);
}
