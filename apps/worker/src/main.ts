import type { INestApplicationContext } from '@nestjs/common';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { ConfigError, loadConfig, ServerConfig } from '#platform/config';
import { AppLogger, Tracing } from '#platform/telemetry';
import { WorkerModule } from './worker.module.js';

/** Starts the worker; ends it in order on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const config = loadConfig();
  const { role, shutdownTimeoutMs } = config.get(ServerConfig);
  if (role !== 'worker')
    throw new ConfigError([
      `ROLE is ${role}, and this program only works on jobs: set ROLE=worker, or start the api, which with ROLE=all does both`,
    ]);
  const options = Object.assign(new NestApplicationContextOptions(), { logger: false, abortOnError: false });
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), options);
  const logger = app.get(AppLogger);
  app.useLogger(logger);
  await app.get(Tracing).start();
  logger.scoped('start').info('the worker is ready');
  stopOnSignal(app, shutdownTimeoutMs);
}

function stopOnSignal(app: INestApplicationContext, deadlineMs: number): void {
  const logger = app.get(AppLogger).scoped('start');
  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info('stopping', { signal });
    setTimeout(() => process.exit(1), deadlineMs).unref();
    app.close().then(
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
  process.stderr.write(`The worker could not start.\n${text}\n`);
  process.exit(1);
});
