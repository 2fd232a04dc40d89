export { authEntities } from './auth.entities.js';
export { AuthModule } from './auth.module.js';
export { AccessTokens } from './services/access-tokens.js';
export { PasswordChangeService } from './services/password-change.service.js';
export { PasswordResetService } from './services/password-reset.service.js';
export { RefreshTokens } from './services/refresh-tokens.js';
export { SessionService, type SessionTokens } from './services/session.service.js';
export { type SetupFacts, type SetupParticipant, SetupParticipants } from './services/setup-participants.js';
export { type SetupRequest, SetupService } from './services/setup.service.js';
