import { type DynamicModule, Module } from '@nestjs/common';
import { accountsEntities } from '#features/accounts';
import { appsEntities } from '#features/apps';
import { authEntities } from '#features/auth';
import { conversationsEntities } from '#features/conversations';
import { filesEntities } from '#features/files';
import { modelsEntities } from '#features/models';
import { runsEntities, RunsModule } from '#features/runs';
import { workspacesEntities } from '#features/workspaces';
import type { LoadedConfig } from '#platform/config';
import { platformModules } from '../../shared/src/platform.modules.js';
import { workerModules } from '../../shared/src/worker.modules.js';

const entities = [
  ...accountsEntities,
  ...appsEntities,
  ...authEntities,
  ...conversationsEntities,
  ...filesEntities,
  ...modelsEntities,
  ...runsEntities,
  ...workspacesEntities,
];

/** The worker process: jobs, schedules, and runs whose process died. It answers no HTTP. */
@Module({})
export class WorkerModule {
  static forRoot(config: LoadedConfig): DynamicModule {
    return { module: WorkerModule, imports: [...platformModules(config, entities), RunsModule, ...workerModules] };
  }
}
