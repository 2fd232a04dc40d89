import { type DynamicModule, Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { DatabaseConfig, ServerConfig } from '#platform/config';
import type { EmbeddedDatabase } from '#platform/embedded-database';
import { DatabaseHealth } from './access/database-health.js';
import { Entities } from './access/entities.js';
import { Sql } from './access/sql.js';
import { TenantRows } from './access/tenant-rows.js';
import { Transactions } from './access/transactions.js';
import type { EntityClass } from './data-source.js';
import type { DatabasePreparer, MigrationSet } from './migrations/migration-set.js';
import { OpenedDatabase, openDatabase } from './open-database.js';
import { StatementCounter } from './statement-counter.js';
import { RunWriter } from './writer/run-writer.js';
import { RunWriterTables } from './writer/run-writer-tables.js';

/** What the composing app hands in. */
export interface DatabaseModuleOptions {
  /** Entities of all features of this process; every feature door exports its own as `<X>Entities`. */
  entities: readonly EntityClass[];
  /** The history of the schema, from `#migrations`. */
  migrations: MigrationSet;
  /** What else a prepared data directory holds. */
  preparers?: readonly DatabasePreparer[];
  /** The embedded database, when its start has begun before this module was loaded. */
  embedded?: Promise<EmbeddedDatabase> | undefined;
}

@Injectable()
class DatabaseLifecycle implements OnApplicationShutdown {
  constructor(@Inject(OpenedDatabase) private readonly database: OpenedDatabase) {}

  /** Runs and jobs have ended in `beforeApplicationShutdown`; nobody needs the database any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

/** The database of this process: started, migrated and opened before any other provider uses it. */
@Global()
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseModuleOptions): DynamicModule {
    const part = <T>(provide: new (...args: never[]) => T, pick: (database: OpenedDatabase) => T) => ({
      provide,
      useFactory: pick,
      inject: [OpenedDatabase],
    });
    const parts = [
      part(DataSource, (database) => database.dataSource),
      part(EntityManager, (database) => database.dataSource.manager),
      part(Transactions, (database) => database.transactions),
      part(Sql, (database) => database.sql),
      part(Entities, (database) => database.entities),
      part(TenantRows, (database) => database.tenantRows),
      part(DatabaseHealth, (database) => database.health),
      part(StatementCounter, (database) => database.counter),
      part(RunWriter, (database) => database.writer),
      part(RunWriterTables, (database) => database.writerTables),
    ];
    const opened = {
      provide: OpenedDatabase,
      inject: [DatabaseConfig, ServerConfig],
      useFactory: (config: DatabaseConfig, server: ServerConfig) => openDatabase({ config, dataDir: server.dataDir, ...options }),
    };
    return {
      module: DatabaseModule,
      providers: [opened, ...parts, DatabaseLifecycle],
      exports: [OpenedDatabase, ...parts.map(({ provide }) => provide)],
    };
  }
}
