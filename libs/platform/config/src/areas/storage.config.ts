import { Env } from '../env.js';
import { flag, httpUrl, oneOf, text } from '../schemas.js';

/** Where uploads and private keys are kept. Nothing set: directories in DATA_DIR. */
export class StorageConfig {
  /** `local` keeps files in a directory, `s3` in a bucket of any S3-compatible service. `opendal`, as a Dify `.env` has it, means `local`. */
  @Env('STORAGE_TYPE', oneOf('local', 'opendal', 's3')) type: 'local' | 'opendal' | 's3' = 'local';
  /** Directory of uploads. Empty: `storage` in DATA_DIR. */
  @Env(['STORAGE_LOCAL_PATH', 'OPENDAL_FS_ROOT'], text()) localPath = '';
  /** Address of the S3-compatible service. Empty: Amazon's. */
  @Env('S3_ENDPOINT', httpUrl()) s3Endpoint = '';
  /** Region of the bucket. */
  @Env('S3_REGION', text()) s3Region = 'us-east-1';
  /** Name of the bucket; needed when STORAGE_TYPE is `s3`. It has to exist. */
  @Env('S3_BUCKET_NAME', text()) s3Bucket = '';
  /** Text in front of every key in the bucket, such as `baya/`. */
  @Env('S3_KEY_PREFIX', text()) s3KeyPrefix = '';
  /** Access key of the bucket. Empty: credentials of the machine (IAM). */
  @Env('S3_ACCESS_KEY', text(), { secret: true }) s3AccessKey?: string;
  /** Secret key of the bucket. */
  @Env('S3_SECRET_KEY', text(), { secret: true }) s3SecretKey?: string;
  /** Whether the bucket's name stands in the path (`path`) or in the host (`virtual`); `auto` is `path` with S3_ENDPOINT, else `virtual`. */
  @Env('S3_ADDRESS_STYLE', oneOf('auto', 'virtual', 'path')) s3AddressStyle: 'auto' | 'virtual' | 'path' = 'auto';
  /** Whether the credentials of the machine (IAM) are used though an access key is set. */
  @Env('S3_USE_AWS_MANAGED_IAM', flag()) s3UseIam = false;
  /** Where private keys of workspaces are kept: `directory` or `s3` (the bucket of STORAGE_TYPE=s3). Unset: where the uploads are. */
  @Env('KEY_STORE_TYPE', oneOf('directory', 's3')) keyStoreType?: 'directory' | 's3';
  /** Directory of private keys. Empty: `privkeys` in DATA_DIR. */
  @Env('KEY_STORE_PATH', text()) keyStorePath = '';

  /** Whether uploads are in a bucket. */
  get usesS3(): boolean {
    return this.type === 's3';
  }

  /** Whether private keys are in a bucket. */
  get keysInS3(): boolean {
    return this.keyStoreType === undefined ? this.usesS3 : this.keyStoreType === 's3';
  }
}
