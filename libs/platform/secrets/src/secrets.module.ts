import { Global, Module } from '@nestjs/common';
import { SecurityConfig, ServerConfig } from '#platform/config';
import { AppSecrets } from './app/app-secrets.js';
import { loadSecretKey } from './app/load-secret-key.js';
import { SignedUrls } from './app/signed-urls.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { WorkspaceSecrets } from './workspace/workspace-secrets.js';

/** The secrets of this installation: SECRET_KEY, or the one in DATA_DIR/secrets. */
export function makeAppSecrets(security: SecurityConfig, server: ServerConfig): AppSecrets {
  return new AppSecrets(security.secretKey ?? loadSecretKey(server.dataDir));
}

/** Makes keys, tokens, links and password hashes injectable everywhere. Needs KeyStoreModule. */
@Global()
@Module({
  providers: [
    { provide: AppSecrets, useFactory: makeAppSecrets, inject: [SecurityConfig, ServerConfig] },
    WorkspaceSecrets,
    SignedUrls,
    PasswordHasher,
  ],
  exports: [AppSecrets, WorkspaceSecrets, SignedUrls, PasswordHasher],
})
export class SecretsModule {}
