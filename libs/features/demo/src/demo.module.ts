import { Module } from '@nestjs/common';
import { AccountsModule } from '#features/accounts';
import { AppsModule } from '#features/apps';
import { AuthModule } from '#features/auth';
import { WorkspacesModule } from '#features/workspaces';
import { DemoService } from './demo.service.js';

/** The demo workspace of the embedded start. */
@Module({ imports: [AccountsModule, AppsModule, AuthModule, WorkspacesModule], providers: [DemoService], exports: [DemoService] })
export class DemoModule {}
