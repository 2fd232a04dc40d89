import { ConfigError, loadConfig, ServerConfig } from '#platform/config';
import { closeApi, createApi } from '#platform/http';
import { AppLogger } from '#platform/telemetry';
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

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info('stopping', { signal });
    closeApi(app).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('the stop was not clean', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
}

main().catch((error: unknown) => {
  const text = error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`Baya could not start.\n${text}\n`);
  process.exit(1);
});
