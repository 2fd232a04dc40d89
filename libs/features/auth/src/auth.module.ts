import { Module } from '@nestjs/common';
import { AccountsModule } from '#features/accounts';
import { WorkspacesModule } from '#features/workspaces';
import { RefreshTokenRepository } from './repositories/refresh-token.repository.js';
import { SetupRepository } from './repositories/setup.repository.js';
import { AccountDeletionService } from './services/account-deletion.service.js';
import { AccountMails } from './services/account-mails.js';
import { AccessTokens } from './services/access-tokens.js';
import { EmailChangeService } from './services/email-change.service.js';
import { FlowTokens } from './services/flow-tokens.js';
import { MailThrottle } from './services/mail-throttle.js';
import { PasswordChangeService } from './services/password-change.service.js';
import { PasswordResetService } from './services/password-reset.service.js';
import { PasswordThrottle } from './services/password-throttle.js';
import { RefreshTokens } from './services/refresh-tokens.js';
import { SessionService } from './services/session.service.js';
import { SetupParticipants } from './services/setup-participants.js';
import { SetupService } from './services/setup.service.js';

/** Sessions of the console and the first set-up. */
@Module({
  imports: [AccountsModule, WorkspacesModule],
  providers: [
    SetupRepository,
    RefreshTokenRepository,
    AccessTokens,
    RefreshTokens,
    PasswordThrottle,
    FlowTokens,
    MailThrottle,
    AccountMails,
    EmailChangeService,
    AccountDeletionService,
    SessionService,
    PasswordChangeService,
    PasswordResetService,
    SetupParticipants,
    SetupService,
  ],
  exports: [
    AccountDeletionService,
    EmailChangeService,
    AccessTokens,
    RefreshTokens,
    PasswordThrottle,
    SessionService,
    PasswordChangeService,
    PasswordResetService,
    SetupParticipants,
    SetupService,
  ],
})
export class AuthModule {}
