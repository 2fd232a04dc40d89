import type { Type } from '@nestjs/common';
import { AppsWorkerModule } from '#features/apps/worker';
import { ConversationsWorkerModule } from '#features/conversations/worker';
import { RunsWorkerModule } from '#features/runs/worker';
import { WorkspacesWorkerModule } from '#features/workspaces/worker';
import { JobsWorkerModule } from '#platform/jobs';

/** All that works on jobs: for the worker process, and for the api process with `ROLE=all`. A feature with processors adds its door here. */
export const workerModules: readonly Type[] = [
  AppsWorkerModule,
  ConversationsWorkerModule,
  RunsWorkerModule,
  WorkspacesWorkerModule,
  JobsWorkerModule,
];
