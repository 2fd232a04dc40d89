import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts.module.js';
import { AccountConsoleController } from './http/account.console.controller.js';

/** Routes of accounts. */
@Module({ imports: [AccountsModule], controllers: [AccountConsoleController] })
export class AccountsHttpModule {}
