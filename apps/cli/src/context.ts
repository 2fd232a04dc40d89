import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { migrations } from '#migrations';
import { BusModule } from '#platform/bus';
import { ConfigModule, loadConfig, TelemetryConfig } from '#platform/config';
import { DatabaseModule } from '#platform/database';
import { EventsModule } from '#platform/events';
import { JobsModule } from '#platform/jobs';
import { KeyStoreModule } from '#platform/key-store';
import { MailModule } from '#platform/mail';
import { SecretsModule } from '#platform/secrets';
import { StorageModule } from '#platform/storage';
import { TelemetryModule } from '#platform/telemetry';

/** What a command needs beside the platform. */
export interface ContextOptions {
  imports?: (Type | DynamicModule)[];
  entities?: Parameters<typeof DatabaseModule.forRoot>[0]['entities'];
}

class CliModule {}

/** Runs `work` in the platform and the given features, without HTTP and without job processors, and closes everything after it. */
export async function inContext<T>(options: ContextOptions, work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const config = loadConfig();
  // A command beside a running server must not take the port of its metrics.
  config.get(TelemetryConfig).metricsPort = 0;
  const module: DynamicModule = {
    module: CliModule,
    imports: [
      ConfigModule.forRoot(config),
      TelemetryModule,
      DatabaseModule.forRoot({ entities: options.entities ?? [], migrations }),
      BusModule,
      EventsModule,
      StorageModule,
      KeyStoreModule,
      SecretsModule,
      MailModule,
      JobsModule,
      ...(options.imports ?? []),
    ],
  };
  const app = await NestFactory.createApplicationContext(module, { logger: ['error', 'warn'], abortOnError: false });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
