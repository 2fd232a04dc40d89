import { type DynamicModule, Module } from '@nestjs/common';
import { accountsEntities } from '#features/accounts';
import { AccountsHttpModule } from '#features/accounts/http';
import { appsEntities } from '#features/apps';
import { AppsHttpModule } from '#features/apps/http';
import { AppsWorkerModule } from '#features/apps/worker';
import { authEntities } from '#features/auth';
import { AuthHttpModule } from '#features/auth/http';
import { DemoHttpModule } from '#features/demo/http';
import { filesEntities } from '#features/files';
import { FilesHttpModule } from '#features/files/http';
import { modelsEntities } from '#features/models';
import { ModelsHttpModule } from '#features/models/http';
import { runsEntities, RunsModule } from '#features/runs';
import { SystemHttpModule } from '#features/system/http';
import { workspacesEntities } from '#features/workspaces';
import { WorkspacesHttpModule } from '#features/workspaces/http';
import { type LoadedConfig, ServerConfig } from '#platform/config';
import { JobsWorkerModule } from '#platform/jobs';
import { platformModules } from '../../shared/src/platform.modules.js';

const entities = [
  ...accountsEntities,
  ...appsEntities,
  ...authEntities,
  ...filesEntities,
  ...modelsEntities,
  ...runsEntities,
  ...workspacesEntities,
];

const http = [
  AccountsHttpModule,
  AppsHttpModule,
  AuthHttpModule,
  DemoHttpModule,
  FilesHttpModule,
  ModelsHttpModule,
  SystemHttpModule,
  WorkspacesHttpModule,
];

const workers = [AppsWorkerModule, JobsWorkerModule];

/** The HTTP process: every feature with its controllers; with `ROLE=all` the job processors as well. */
@Module({})
export class ApiModule {
  static forRoot(config: LoadedConfig): DynamicModule {
    const jobs = config.get(ServerConfig).role === 'api' ? [] : workers;
    return { module: ApiModule, imports: [...platformModules(config, entities), RunsModule, ...http, ...jobs] };
  }
}
