import { DatabaseConfig } from '#platform/config';
import { dropOutdatedPrepared, ensurePrepared, expectPrepared } from '#platform/embedded-database';
import type { Sql } from './access/sql.js';
import { type DatabasePreparer, fingerprintOf, type MigrationSet } from './migrations/migration-set.js';
import { openDatabase } from './open-database.js';

/** Build step: makes the migrated data directory that first starts of the embedded database copy. Answers its path. */
export async function prepareEmbeddedDatabase(options: {
  migrations: MigrationSet;
  preparers?: readonly DatabasePreparer[];
  /** It belongs to the build of the program: starts expect it, and those of older builds go. */
  isBuild?: boolean;
}): Promise<string> {
  const preparers = options.preparers ?? [];
  const key = fingerprintOf(options.migrations, preparers);
  const path = await ensurePrepared(key, async (dataDir) => {
    const opened = await openDatabase({
      config: new DatabaseConfig(),
      dataDir,
      entities: [],
      migrations: options.migrations,
      usePrepared: false,
    });
    try {
      for (const preparer of preparers) await preparer.prepare(opened.connection as Parameters<DatabasePreparer['prepare']>[0]);
      await dropTemplates(opened.sql);
    } finally {
      await opened.close();
    }
  });
  if (options.isBuild === true) {
    expectPrepared(key);
    await dropOutdatedPrepared(key);
  }
  return path;
}

/** Nobody makes further databases in the embedded one; without the two to copy them from, a first start has half the files to copy. */
async function dropTemplates(sql: Sql): Promise<void> {
  await sql.run('update pg_database set datistemplate = false where datistemplate');
  await sql.run('drop database if exists template0');
  await sql.run('drop database if exists template1');
}
