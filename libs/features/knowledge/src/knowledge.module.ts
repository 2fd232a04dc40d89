import { Module } from '@nestjs/common';
import { AccountsModule } from '#features/accounts';
import { AppsModule } from '#features/apps';
import { WorkspacesModule } from '#features/workspaces';
import { DatasetKeyAuthenticator } from './dataset-key.authenticator.js';

/** The knowledge of workspaces. Datasets come with their own issue; here are the keys that open them. */
@Module({ imports: [AccountsModule, AppsModule, WorkspacesModule], providers: [DatasetKeyAuthenticator] })
export class KnowledgeModule {}
