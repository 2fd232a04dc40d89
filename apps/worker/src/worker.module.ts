import { type DynamicModule, Module } from '@nestjs/common';
import { ChatModule } from '#features/chat';
import { RunsModule } from '#features/runs';
import type { LoadedConfig } from '#platform/config';
import { platformModules } from '../../shared/src/platform.modules.js';
import { workerModules } from '../../shared/src/worker.modules.js';

/** The worker process: jobs, schedules, and runs whose process died. It answers no HTTP. */
@Module({})
export class WorkerModule {
  static forRoot(config: LoadedConfig): DynamicModule {
    return { module: WorkerModule, imports: [...platformModules(config), ChatModule, RunsModule, ...workerModules] };
  }
}
