import { ConfigError, DatabaseConfig, type LoadedConfig, loadConfig, ServerConfig } from '#platform/config';
import { EmbeddedDatabase, findExpectedPrepared } from '#platform/embedded-database';
import { startOrExit } from '../../shared/src/process-life.js';

/** The database comes up while the rest of the program is read: that takes about as long, and another processor does it. */
async function main(): Promise<void> {
  const config = loadConfig();
  if (config.get(ServerConfig).role === 'worker')
    throw new ConfigError(['ROLE is worker, and this program serves the API: start the worker program, or set ROLE=api or leave it unset']);
  const embedded = beginEmbedded(config);
  const { serve } = await import('./serve.js');
  await serve(config, embedded);
}

function beginEmbedded(config: LoadedConfig): Promise<EmbeddedDatabase> | undefined {
  if (config.get(DatabaseConfig).isExternal) return undefined;
  const begun = EmbeddedDatabase.open({ dataDir: config.get(ServerConfig).dataDir, prepared: findExpectedPrepared() });
  // Whoever opens the database is told what went wrong; until then nobody listens.
  begun.catch(() => undefined);
  return begun;
}

startOrExit('Baya', main);
