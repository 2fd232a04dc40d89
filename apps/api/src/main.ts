import { loadConfig, ServerConfig } from '#platform/config';
import { closeApi, createApi } from '#platform/http';
import { AppLogger } from '#platform/telemetry';
import { startOrExit, stopOnSignal } from '../../shared/src/process-life.js';
import { ApiModule } from './api.module.js';
import { makeFirstContact } from './first-contact.js';

/** Starts the API and says where it is; ends it in order on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const config = loadConfig();
  const app = await createApi(ApiModule.forRoot(config), { config });
  const logger = app.get(AppLogger).scoped('start');
  const { host, port } = config.get(ServerConfig);
  await app.listen(port, host);
  if (config.unknown.length > 0) logger.warn('unknown variables are ignored', { names: config.unknown });
  await makeFirstContact(app);
  stopOnSignal(logger, () => closeApi(app));
}

startOrExit('Baya', main);
