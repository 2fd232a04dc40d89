import { Module } from '@nestjs/common';
import { PurgeWorkspaceProcessor } from './jobs/purge-workspace.processor.js';
import { WorkspacesModule } from './workspaces.module.js';

/** Jobs of workspaces. */
@Module({ imports: [WorkspacesModule], providers: [PurgeWorkspaceProcessor] })
export class WorkspacesWorkerModule {}
