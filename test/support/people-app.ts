import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { accountsEntities } from '#features/accounts';
import { AccountsHttpModule } from '#features/accounts/http';
import { authEntities, AuthModule } from '#features/auth';
import { AuthHttpModule } from '#features/auth/http';
import { SystemHttpModule } from '#features/system/http';
import { workspacesEntities, WorkspacesModule } from '#features/workspaces';
import { WorkspacesHttpModule } from '#features/workspaces/http';
import { migrations } from '#migrations';
import { BusModule } from '#platform/bus';
import { ConfigModule, type Environment, loadConfig } from '#platform/config';
import { DatabaseModule } from '#platform/database';
import { createApi, HttpModule } from '#platform/http';
import { JobsModule } from '#platform/jobs';
import { KeyStoreModule } from '#platform/key-store';
import { MailModule } from '#platform/mail';
import { SecretsModule } from '#platform/secrets';
import { StorageModule } from '#platform/storage';
import { TelemetryModule } from '#platform/telemetry';
import { watchAnswers } from './answer-watch.js';

@Module({})
class PeopleTestModule {}

/** An application of people alone: accounts, workspaces, sign-in, set-up, system. Close it with `closePeopleApp`. */
export async function startPeopleApp(env: Environment): Promise<NestFastifyApplication> {
  const config = loadConfig({ LOG_LEVEL: 'silent', HTTP_MAX_EVENT_LOOP_LAG_MS: '0', ...env });
  const entities = [...accountsEntities, ...workspacesEntities, ...authEntities];
  const platform = [
    ConfigModule.forRoot(config),
    TelemetryModule,
    DatabaseModule.forRoot({ entities, migrations }),
    BusModule,
    JobsModule,
    StorageModule,
    KeyStoreModule,
    SecretsModule,
    MailModule,
    HttpModule,
  ];
  const features = [AccountsHttpModule, WorkspacesModule, WorkspacesHttpModule, AuthModule, AuthHttpModule, SystemHttpModule];
  return watchAnswers(await createApi({ module: PeopleTestModule, imports: [...platform, ...features] }, { config }));
}

export { stopApi as closePeopleApp } from './api-app.js';
