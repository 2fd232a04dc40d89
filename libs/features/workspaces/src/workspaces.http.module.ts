import { Module } from '@nestjs/common';
import { AllWorkspacesConsoleController } from './http/all-workspaces.console.controller.js';
import { WorkspacesConsoleController } from './http/workspaces.console.controller.js';
import { WorkspacesModule } from './workspaces.module.js';

/** Routes of workspaces. */
@Module({ imports: [WorkspacesModule], controllers: [WorkspacesConsoleController, AllWorkspacesConsoleController] })
export class WorkspacesHttpModule {}
