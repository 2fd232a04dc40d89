export { AppSecrets, type TokenClaims } from './app/app-secrets.js';
export { SecretKeyFileError } from './app/load-secret-key.js';
export { SignedUrls, type UrlSignature } from './app/signed-urls.js';
export { HIDDEN_VALUE, maskSecret, maskToolSecret, UNKNOWN_VALUE } from './masks.js';
export { type PasswordCheck, PasswordHasher, type StoredPassword } from './passwords/password-hasher.js';
export { PasswordChecksBusyError, SecretUnreadableError, TokenError, WorkspaceKeyMissingError } from './secrets.errors.js';
export { makeAppSecrets, SecretsModule } from './secrets.module.js';
export { WorkspaceSecrets } from './workspace/workspace-secrets.js';
