import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { accountsEntities } from '#features/accounts';
import { appsEntities } from '#features/apps';
import { AppsHttpModule } from '#features/apps/http';
import { AppsWorkerModule } from '#features/apps/worker';
import { authEntities } from '#features/auth';
import { AuthHttpModule } from '#features/auth/http';
import { filesEntities } from '#features/files';
import { modelsEntities } from '#features/models';
import { ModelsHttpModule } from '#features/models/http';
import { workspacesEntities } from '#features/workspaces';
import { WorkspacesHttpModule } from '#features/workspaces/http';
import { WorkspacesWorkerModule } from '#features/workspaces/worker';
import { type Environment, loadConfig } from '#platform/config';
import { createApi } from '#platform/http';
import { JobsWorkerModule } from '#platform/jobs';
import { watchAnswers } from './answer-watch.js';
import { platformModules } from '../../apps/shared/src/platform.modules.js';

@Module({})
class ConsoleTestModule {}

const entities = [...accountsEntities, ...workspacesEntities, ...authEntities, ...filesEntities, ...modelsEntities, ...appsEntities];
const features = [
  AuthHttpModule,
  WorkspacesHttpModule,
  ModelsHttpModule,
  AppsHttpModule,
  AppsWorkerModule,
  WorkspacesWorkerModule,
  JobsWorkerModule,
];

/** An application of people, models and apps, with its jobs; nothing runs in it. Close it with `stopApi`. */
export async function startConsoleApp(env: Environment): Promise<NestFastifyApplication> {
  const config = loadConfig({ LOG_LEVEL: 'silent', HTTP_MAX_EVENT_LOOP_LAG_MS: '0', DEMO: 'false', ...env });
  const module = { module: ConsoleTestModule, imports: [...platformModules(config, entities), ...features] };
  return watchAnswers(await createApi(module, { config }));
}
