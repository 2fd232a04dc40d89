import type { DynamicModule, Type } from '@nestjs/common';
import { migrations } from '#migrations';
import { BusModule } from '#platform/bus';
import { ConfigModule, type LoadedConfig } from '#platform/config';
import { DatabaseModule, type EntityClass } from '#platform/database';
import type { EmbeddedDatabase } from '#platform/embedded-database';
import { EventsModule } from '#platform/events';
import { HttpModule } from '#platform/http';
import { JobsModule } from '#platform/jobs';
import { KeyStoreModule } from '#platform/key-store';
import { MailModule } from '#platform/mail';
import { OpenApiModule } from '#platform/openapi';
import { SecretsModule } from '#platform/secrets';
import { StorageModule } from '#platform/storage';
import { TelemetryModule } from '#platform/telemetry';
import { entities } from './entities.js';
import { OperationModule } from './operation.module.js';
import { jobsPreparer } from './jobs.preparer.js';

/** What a prepared data directory holds besides the schema. */
export const preparers = [jobsPreparer];

/** The platform as every process has it, with the tables of all features unless fewer are enough. */
export function platformModules(
  config: LoadedConfig,
  tables: readonly EntityClass[] = entities,
  embedded?: Promise<EmbeddedDatabase>,
): (Type | DynamicModule)[] {
  return [
    ConfigModule.forRoot(config),
    TelemetryModule,
    DatabaseModule.forRoot({ entities: tables, migrations, preparers, embedded }),
    BusModule,
    EventsModule,
    JobsModule,
    StorageModule,
    KeyStoreModule,
    SecretsModule,
    MailModule,
    HttpModule,
    OpenApiModule,
    OperationModule,
  ];
}
