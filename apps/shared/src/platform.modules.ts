import type { DynamicModule, Type } from '@nestjs/common';
import { migrations } from '#migrations';
import { BusModule } from '#platform/bus';
import { ConfigModule, type LoadedConfig } from '#platform/config';
import { DatabaseModule, type EntityClass } from '#platform/database';
import { EventsModule } from '#platform/events';
import { HttpModule } from '#platform/http';
import { JobsModule } from '#platform/jobs';
import { KeyStoreModule } from '#platform/key-store';
import { MailModule } from '#platform/mail';
import { SecretsModule } from '#platform/secrets';
import { StorageModule } from '#platform/storage';
import { TelemetryModule } from '#platform/telemetry';
import { OperationModule } from './operation.module.js';
import { jobsPreparer } from './jobs.preparer.js';

/** What a prepared data directory holds besides the schema. */
export const preparers = [jobsPreparer];

/** The platform as every process has it; only the entities of its features differ. */
export function platformModules(config: LoadedConfig, entities: readonly EntityClass[]): (Type | DynamicModule)[] {
  return [
    ConfigModule.forRoot(config),
    TelemetryModule,
    DatabaseModule.forRoot({ entities, migrations, preparers }),
    BusModule,
    EventsModule,
    JobsModule,
    StorageModule,
    KeyStoreModule,
    SecretsModule,
    MailModule,
    HttpModule,
    OperationModule,
  ];
}
