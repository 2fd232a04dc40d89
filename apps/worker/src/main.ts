import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { ConfigError, loadConfig, ServerConfig } from '#platform/config';
import { AppLogger, nestLogger, Tracing } from '#platform/telemetry';
import { startOrExit, stopOnSignal } from '../../shared/src/process-life.js';
import { WorkerModule } from './worker.module.js';

/** Starts the worker; ends it in order on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const config = loadConfig();
  const { role, shutdownTimeoutMs } = config.get(ServerConfig);
  if (role !== 'worker')
    throw new ConfigError([
      `ROLE is ${role}, and this program only works on jobs: set ROLE=worker, or start the api, which with ROLE=all does both`,
    ]);
  const options = Object.assign(new NestApplicationContextOptions(), { bufferLogs: true, autoFlushLogs: false, abortOnError: false });
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), options);
  const logger = app.get(AppLogger);
  app.useLogger(nestLogger(logger));
  app.flushLogs();
  await app.get(Tracing).start();
  const scoped = logger.scoped('start');
  scoped.info('the worker is ready');
  stopOnSignal({ logger: scoped, stop: () => app.close(), deadlineMs: shutdownTimeoutMs });
}

startOrExit('The worker', main);
