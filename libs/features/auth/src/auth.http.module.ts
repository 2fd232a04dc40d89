import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '#features/accounts';
import { WorkspacesModule } from '#features/workspaces';
import { Authenticators } from '#platform/http';
import { AuthModule } from './auth.module.js';
import { AccountDeletionConsoleController } from './http/account-deletion.console.controller.js';
import { AccountIntegratesConsoleController } from './http/account-integrates.console.controller.js';
import { AccountPasswordConsoleController } from './http/account-password.console.controller.js';
import { EmailChangeConsoleController } from './http/email-change.console.controller.js';
import { SessionConsoleController } from './http/session.console.controller.js';
import { SetupConsoleController } from './http/setup.console.controller.js';
import { AdminKeyAuthenticator } from './services/admin-key.authenticator.js';
import { AdminKey } from './services/admin-key.js';
import { ConsoleSetupGate } from './services/console-setup.gate.js';
import { ConsoleAuthenticator } from './services/console.authenticator.js';
import { InitValidation } from './services/init-validation.js';
import { SessionCookies } from './services/session-cookies.js';

/** Routes of sign-in and set-up, and what tells who is signed in. */
@Module({
  imports: [AuthModule, AccountsModule, WorkspacesModule],
  controllers: [
    SetupConsoleController,
    SessionConsoleController,
    AccountPasswordConsoleController,
    AccountIntegratesConsoleController,
    AccountDeletionConsoleController,
    EmailChangeConsoleController,
  ],
  providers: [SessionCookies, InitValidation, ConsoleSetupGate, AdminKey, ConsoleAuthenticator, AdminKeyAuthenticator],
  exports: [ConsoleAuthenticator],
})
export class AuthHttpModule implements OnModuleInit {
  constructor(
    private readonly authenticators: Authenticators,
    private readonly console: ConsoleAuthenticator,
    private readonly admin: AdminKeyAuthenticator,
    private readonly gate: ConsoleSetupGate,
  ) {}

  onModuleInit(): void {
    this.authenticators.register('console', this.console);
    this.authenticators.register('admin-key', this.admin);
    this.authenticators.registerSetupGate(this.gate);
  }
}
