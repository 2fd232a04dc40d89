import { DatabaseConfig } from '#platform/config';
import { dropOutdatedPrepared, ensurePrepared } from './embedded/prepared-directory.js';
import type { DatabasePreparer, MigrationSet } from './migrations/migration-set.js';
import { openDatabase } from './open-database.js';

/** Build step: makes the migrated data directory that first starts of the embedded database copy. Answers its path. */
export async function prepareEmbeddedDatabase(options: {
  migrations: MigrationSet;
  preparers?: readonly DatabasePreparer[];
  dropOutdated?: boolean;
}): Promise<string> {
  const preparers = options.preparers ?? [];
  if (options.dropOutdated === true) await dropOutdatedPrepared(options.migrations, preparers);
  return ensurePrepared(options.migrations, preparers, async (dataDir) => {
    const opened = await openDatabase({
      config: new DatabaseConfig(),
      dataDir,
      entities: [],
      migrations: options.migrations,
      usePrepared: false,
    });
    try {
      for (const preparer of preparers) await preparer.prepare(opened.connection as Parameters<DatabasePreparer['prepare']>[0]);
    } finally {
      await opened.close();
    }
  });
}
