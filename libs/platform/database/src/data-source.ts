import type pg from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';
import { reportingDriver } from './database-client.js';
import { SnakeNamingStrategy } from './snake-naming.strategy.js';

/** An entity class, as features list them at their door. */
export type EntityClass = (abstract new (...args: never[]) => object) | EntitySchema;

/** TypeORM over a pool of ours: no schema changes by itself, snake_case columns. */
export function createDataSource(pool: pg.PoolConfig, entities: readonly EntityClass[]): DataSource {
  return new DataSource({
    type: 'postgres',
    driver: reportingDriver,
    extra: pool,
    entities: [...entities] as never[],
    namingStrategy: new SnakeNamingStrategy(),
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logging: false,
    // Errors of idle connections: the pool drops them, and whoever asks next gets a new one or 503.
    poolErrorHandler: () => undefined,
  });
}

/** The pool under a data source, for statements that don't need TypeORM. */
export function poolOf(dataSource: DataSource): pg.Pool {
  return (dataSource.driver as unknown as { master: pg.Pool }).master;
}
