import { Module } from '@nestjs/common';
import { AppsModule } from '#features/apps';
import { DatasetKeysConsoleController } from './dataset-keys.console.controller.js';
import { KnowledgeModule } from './knowledge.module.js';

/** Routes of the knowledge of workspaces. */
@Module({ imports: [AppsModule, KnowledgeModule], controllers: [DatasetKeysConsoleController] })
export class KnowledgeHttpModule {}
