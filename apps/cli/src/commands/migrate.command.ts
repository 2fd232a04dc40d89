import { migrations } from '#migrations';
import { DatabaseConfig, loadConfig, ServerConfig } from '#platform/config';
import { Migrator, openDatabase } from '#platform/database';
import { preparers } from '../../../shared/src/platform.modules.js';
import type { CliCommand } from '../command.js';

/** The server migrates at its start too; this does it apart, before a roll-out. */
export const migrateCommand: CliCommand = {
  name: 'migrate',
  usage: '',
  summary: 'Brings the database to the schema of this version; says what was run.',
  async run() {
    const loaded = loadConfig();
    const config = loaded.get(DatabaseConfig);
    const { connectionString } = config;
    const done =
      connectionString === undefined
        ? await migrateEmbedded(config, loaded.get(ServerConfig).dataDir)
        : await new Migrator({ connectionString }, migrations).migrate();
    console.log(done.length === 0 ? 'The schema is up to date.' : `Migrated:\n${done.map((name) => `  ${name}`).join('\n')}`);
    return 0;
  },
};

/** Opening the embedded database keeps a copy of the directory and migrates; nothing is left to be run after it. */
async function migrateEmbedded(config: DatabaseConfig, dataDir: string): Promise<string[]> {
  const database = await openDatabase({ config, dataDir, entities: [], migrations, preparers });
  await database.close();
  return [];
}
