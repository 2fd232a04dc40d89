import { join } from 'node:path';
import type { ServerConfig, StorageConfig } from '#platform/config';
import { bucketOf, S3Storage } from '#platform/storage';
import { bad, type Finding, good, wordsOf } from './finding.js';

/** Where uploads are kept. A directory is made at the first start, so only a bucket has to be there already. */
export async function inspectStorage(config: StorageConfig, server: ServerConfig): Promise<Finding> {
  if (!config.usesS3) return good('storage', config.localPath || join(server.dataDir, 'storage'));
  try {
    await new S3Storage(bucketOf(config)).check();
    return good('storage', `bucket ${config.s3Bucket}`);
  } catch (error) {
    return bad(
      'storage',
      `bucket ${config.s3Bucket}: ${wordsOf(error)}`,
      'Make the bucket, or correct S3_ENDPOINT, S3_REGION, S3_BUCKET_NAME and the credentials.',
    );
  }
}
