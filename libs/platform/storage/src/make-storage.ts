import { join } from 'node:path';
import type { ServerConfig, StorageConfig } from '#platform/config';
import { LocalStorage } from './adapters/local.storage.js';
import { S3Bucket } from './adapters/s3-bucket.js';
import { S3Storage } from './adapters/s3.storage.js';
import type { FileStorage } from './file-storage.js';

/** The bucket that the configuration names. */
export function bucketOf(config: StorageConfig): S3Bucket {
  const { s3AccessKey, s3SecretKey, s3Endpoint } = config;
  const ownKeys = !config.s3UseIam && s3AccessKey !== undefined && s3SecretKey !== undefined;
  return new S3Bucket({
    bucket: config.s3Bucket,
    region: config.s3Region,
    keyPrefix: config.s3KeyPrefix,
    pathStyle: config.s3AddressStyle === 'path' || (config.s3AddressStyle === 'auto' && s3Endpoint !== ''),
    ...(s3Endpoint === '' ? {} : { endpoint: s3Endpoint }),
    ...(ownKeys ? { credentials: { accessKeyId: s3AccessKey, secretAccessKey: s3SecretKey } } : {}),
  });
}

/** The storage that the configuration asks for. */
export function makeStorage(config: StorageConfig, server: ServerConfig): FileStorage {
  if (config.usesS3) return new S3Storage(bucketOf(config));
  return new LocalStorage(config.localPath || join(server.dataDir, 'storage'));
}
