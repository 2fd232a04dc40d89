// `npm run migration:check`: an empty database migrates to the head, entities and schema agree, the last migrations revert and
// apply again. On the embedded database always; on PostgreSQL where TEST_DATABASE_URL is set or a server is installed.
// `--entities` compares entities and schema only, on the embedded database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, OwnServers } from './lib.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'baya-migration-check-'));
const servers = new OwnServers();

function findPostgres() {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  try {
    return servers.start().TEST_DATABASE_URL;
  } catch {
    return undefined;
  }
}

await build();
const onlyEntities = process.argv.includes('--entities');
const url = onlyEntities ? undefined : findPostgres();
let problems = 1;
try {
  const { checkMigrations } = await import('../dist/scripts/migration-check.js');
  problems = await checkMigrations({ directory: join(scratch, 'data'), postgresUrl: url, onlyEntities });
} finally {
  servers.stop();
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(problems === 0 ? 0 : 1);
