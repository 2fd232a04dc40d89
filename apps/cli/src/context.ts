import { type DynamicModule, type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { type Environment, loadConfig, TelemetryConfig } from '#platform/config';
import type { EntityClass } from '#platform/database';
import { platformModules } from '../../shared/src/platform.modules.js';

/** What a command needs beside the platform. */
export interface ContextOptions {
  imports?: (Type | DynamicModule)[];
  entities?: readonly EntityClass[];
  /** Default: the environment of the process. */
  env?: Environment;
}

@Module({})
class CliModule {}

/** Runs `work` in the platform and the given features, without listening and without job processors, and closes everything after it. */
export async function inContext<T>(options: ContextOptions, work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const config = loadConfig(options.env);
  // A command beside a running server must not take the port of its metrics.
  config.get(TelemetryConfig).metricsPort = 0;
  const module = { module: CliModule, imports: [...platformModules(config, options.entities ?? []), ...(options.imports ?? [])] };
  const app = await NestFactory.createApplicationContext(
    module,
    Object.assign(new NestApplicationContextOptions(), { logger: false, abortOnError: false }),
  );
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
