import { Global, Module } from '@nestjs/common';
import { ServerConfig, StorageConfig } from '#platform/config';
import { FileStorage } from './file-storage.js';
import { makeStorage } from './make-storage.js';

/** Makes the {@link FileStorage} of the configuration injectable everywhere. */
@Global()
@Module({
  providers: [{ provide: FileStorage, useFactory: makeStorage, inject: [StorageConfig, ServerConfig] }],
  exports: [FileStorage],
})
export class StorageModule {}
