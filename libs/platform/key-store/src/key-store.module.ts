import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { ServerConfig, StorageConfig } from '#platform/config';
import { bucketOf, LocalStorage, S3Storage } from '#platform/storage';
import { KeyStore } from './key-store.js';
import { StorageKeyStore } from './storage.key-store.js';

/** The key store that the configuration asks for; on S3 the objects are where Dify has them. */
export function makeKeyStore(config: StorageConfig, server: ServerConfig): KeyStore {
  if (config.keysInS3) return new StorageKeyStore(new S3Storage(bucketOf(config)), 'privkeys/');
  return new StorageKeyStore(new LocalStorage(config.keyStorePath || join(server.dataDir, 'privkeys')), '');
}

/** Makes the {@link KeyStore} of the configuration injectable everywhere. */
@Global()
@Module({
  providers: [{ provide: KeyStore, useFactory: makeKeyStore, inject: [StorageConfig, ServerConfig] }],
  exports: [KeyStore],
})
export class KeyStoreModule {}
