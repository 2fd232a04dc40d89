import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DataSource, MigrationExecutor } from 'typeorm';
import { SchemaTooNewError } from '../database.errors.js';
import type { MigrationSet } from './migration-set.js';

/** Name of TypeORM's table of executed migrations. */
export const MIGRATIONS_TABLE = 'migrations';
const LOCK_TABLE = 'schema_lock';

/** Where a schema stands against the history of this program. */
export interface SchemaState {
  /** Whether no migration was ever run. */
  isEmpty: boolean;
  /** Names of migrations that are to be run, in order. */
  pending: string[];
}

/** Brings a schema to the head of the history. Many processes may try at the same time; one does it, the others wait. */
export class Migrator {
  private readonly logger = new Logger('database');

  constructor(
    private readonly connection: pg.ClientConfig,
    private readonly migrations: MigrationSet,
  ) {}

  /** Compares schema and history. Throws {@link SchemaTooNewError} when the schema knows more than we do. */
  async state(): Promise<SchemaState> {
    const client = new pg.Client(this.connection);
    await client.connect();
    try {
      const { rows: tables } = await client.query<{ found: boolean }>(`select to_regclass('${MIGRATIONS_TABLE}') is not null as found`);
      const { rows } =
        tables[0]?.found === true ? await client.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE}`) : { rows: [] };
      const done = new Set(rows.map((row) => row.name));
      const known = this.migrations.classes.map((migration) => migration.name);
      const unknown = [...done].filter((name) => !known.includes(name));
      if (unknown.length > 0) throw new SchemaTooNewError(unknown);
      return { isEmpty: done.size === 0, pending: known.filter((name) => !done.has(name)) };
    } finally {
      await client.end();
    }
  }

  /** Runs what is pending in one transaction: all of it or nothing. Answers the names of what was run. */
  async migrate(): Promise<string[]> {
    return this.locked(async (executor) => {
      const done = await executor.executePendingMigrations();
      for (const migration of done) this.logger.log(`Migrated: ${migration.name}`);
      return done.map((migration) => migration.name);
    });
  }

  /** Reverts the latest migrations, newest first. For checks and development; answers how many. */
  async revert(count: number): Promise<number> {
    return this.locked(async (executor) => {
      for (let i = 0; i < count; i += 1) await executor.undoLastMigration();
      return count;
    });
  }

  /** One row is locked for the time of the work; advisory locks do nothing on the embedded database. */
  private async locked<T>(work: (executor: MigrationExecutor) => Promise<T>): Promise<T> {
    const dataSource = await this.connect();
    const runner = dataSource.createQueryRunner();
    try {
      await prepareLock(dataSource);
      await runner.startTransaction();
      await runner.query(`select id from ${LOCK_TABLE} where id = 1 for update`);
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'all';
      const result = await work(executor);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
      await dataSource.destroy();
    }
  }

  /** A connection of its own, without the time limit of the application's queries: a migration takes as long as it takes. */
  private connect(): Promise<DataSource> {
    return new DataSource({
      type: 'postgres',
      extra: { ...this.connection, max: 2 },
      migrations: [...this.migrations.classes],
      migrationsTableName: MIGRATIONS_TABLE,
      installExtensions: false,
    }).initialize();
  }
}

/** Two processes on an empty database may both make the table; the loser finds it made at the second try. */
async function prepareLock(dataSource: DataSource): Promise<void> {
  const make = async (): Promise<void> => {
    await dataSource.query(`create table if not exists ${LOCK_TABLE} (id integer primary key)`);
    await dataSource.query(`insert into ${LOCK_TABLE} (id) values (1) on conflict do nothing`);
  };
  await make().catch(make);
}
