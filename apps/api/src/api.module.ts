import { type DynamicModule, Module } from '@nestjs/common';
import { accountsEntities, AccountsModule } from '#features/accounts';
import { AccountsHttpModule } from '#features/accounts/http';
import { authEntities, AuthModule } from '#features/auth';
import { AuthHttpModule } from '#features/auth/http';
import { filesEntities } from '#features/files';
import { runsEntities, RunsModule } from '#features/runs';
import { SystemHttpModule } from '#features/system/http';
import { workspacesEntities } from '#features/workspaces';
import { WorkspacesHttpModule } from '#features/workspaces/http';
import type { LoadedConfig } from '#platform/config';
import { platformModules } from '../../shared/src/platform.modules.js';

const entities = [...accountsEntities, ...authEntities, ...filesEntities, ...runsEntities, ...workspacesEntities];

/** The HTTP process: every feature with its controllers; with `ROLE=all` the job processors as well. */
@Module({})
export class ApiModule {
  static forRoot(config: LoadedConfig): DynamicModule {
    const http = [AccountsHttpModule, AuthHttpModule, SystemHttpModule, WorkspacesHttpModule];
    return { module: ApiModule, imports: [...platformModules(config, entities), AccountsModule, AuthModule, RunsModule, ...http] };
  }
}
