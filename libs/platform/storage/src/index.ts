export { LocalStorage } from './adapters/local.storage.js';
export { S3Bucket, type S3Options } from './adapters/s3-bucket.js';
export { S3Storage } from './adapters/s3.storage.js';
export { FileStorage, type PutOptions } from './file-storage.js';
export { bucketOf } from './make-storage.js';
export { checkStorageKey } from './storage-key.js';
export { StorageModule } from './storage.module.js';
export { InvalidStorageKeyError, StorageUnavailableError, StoredFileMissingError, StoredFileTooLargeError } from './storage.errors.js';
