import { Module } from '@nestjs/common';
import { WorkspacesConsoleController } from './http/workspaces.console.controller.js';
import { WorkspacesModule } from './workspaces.module.js';

/** Routes of workspaces. */
@Module({ imports: [WorkspacesModule], controllers: [WorkspacesConsoleController] })
export class WorkspacesHttpModule {}
