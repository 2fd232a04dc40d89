import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsHttpModule } from '#features/accounts/http';
import { AppsHttpModule } from '#features/apps/http';
import { AuthHttpModule } from '#features/auth/http';
import { ChatHttpModule } from '#features/chat/http';
import { ConversationsHttpModule } from '#features/conversations/http';
import { DemoHttpModule } from '#features/demo/http';
import { FilesHttpModule } from '#features/files/http';
import { KnowledgeHttpModule } from '#features/knowledge/http';
import { ModelsHttpModule } from '#features/models/http';
import { RunsModule } from '#features/runs';
import { SystemHttpModule } from '#features/system/http';
import { WorkspacesHttpModule } from '#features/workspaces/http';
import { type LoadedConfig, ServerConfig } from '#platform/config';
import type { EmbeddedDatabase } from '#platform/embedded-database';
import { entities } from '../../shared/src/entities.js';
import { platformModules } from '../../shared/src/platform.modules.js';
import { workerModules } from '../../shared/src/worker.modules.js';

const http = [
  AccountsHttpModule,
  AppsHttpModule,
  AuthHttpModule,
  ChatHttpModule,
  ConversationsHttpModule,
  DemoHttpModule,
  FilesHttpModule,
  KnowledgeHttpModule,
  ModelsHttpModule,
  SystemHttpModule,
  WorkspacesHttpModule,
];

/** The HTTP process: every feature with its controllers; with `ROLE=all` the job processors as well. */
@Module({})
export class ApiModule {
  static forRoot(config: LoadedConfig, embedded?: Promise<EmbeddedDatabase>): DynamicModule {
    const jobs = config.get(ServerConfig).role === 'api' ? [] : workerModules;
    return { module: ApiModule, imports: [...platformModules(config, entities, embedded), RunsModule, ...http, ...jobs] };
  }
}
