import { type LoadedConfig, ServerConfig } from '#platform/config';
import type { EmbeddedDatabase } from '#platform/embedded-database';
import { closeApi, createApi } from '#platform/http';
import { AppLogger } from '#platform/telemetry';
import { stopOnSignal } from '../../shared/src/process-life.js';
import { ApiModule } from './api.module.js';
import { makeFirstContact } from './first-contact.js';

/** Unit: milliseconds. */
const CLOSING_MS = 2000;

/** Serves the API and says where it is; ends it in order on SIGINT and SIGTERM. `embedded` is the database, when it is the embedded one. */
export async function serve(config: LoadedConfig, embedded?: Promise<EmbeddedDatabase>): Promise<void> {
  const app = await createApi(ApiModule.forRoot(config, embedded), { config });
  const logger = app.get(AppLogger).scoped('start');
  const { host, port, shutdownTimeoutMs } = config.get(ServerConfig);
  await app.listen(port, host);
  if (config.unknown.length > 0) logger.warn('unknown variables are ignored', { names: config.unknown });
  await makeFirstContact(app);
  // What is cut at the deadline still has to be closed behind it.
  stopOnSignal({ logger, stop: () => closeApi(app), deadlineMs: shutdownTimeoutMs + CLOSING_MS });
}
