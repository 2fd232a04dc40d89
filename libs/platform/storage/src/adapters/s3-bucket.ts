import type { S3Client } from '@aws-sdk/client-s3';

/** Where a bucket is and how it is opened. */
export interface S3Options {
  bucket: string;
  region: string;
  /** Address of a service other than Amazon's; undefined for Amazon's. */
  endpoint?: string;
  /** Text in front of every key. */
  keyPrefix: string;
  /** Whether the bucket's name stands in the path and not in the host. */
  pathStyle: boolean;
  /** Undefined: the credentials of the machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

type Sdk = typeof import('@aws-sdk/client-s3');

const MAX_ATTEMPTS = 3;
const CONNECT_TIMEOUT_MS = 5000;
const SOCKET_TIMEOUT_MS = 60_000;

/** A bucket and the SDK that speaks to it, loaded at first use: 13 MB that nobody without S3 pays for. */
export class S3Bucket {
  private opened?: Promise<{ sdk: Sdk; client: S3Client }>;

  constructor(readonly options: S3Options) {}

  /** The SDK and the client of this bucket. */
  open(): Promise<{ sdk: Sdk; client: S3Client }> {
    this.opened ??= this.load();
    return this.opened;
  }

  /** Bucket and full name of an object, as commands take them. */
  place(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.options.bucket, Key: `${this.options.keyPrefix}${key}` };
  }

  /** Closes idle connections. */
  async close(): Promise<void> {
    if (this.opened) (await this.opened).client.destroy();
  }

  private async load(): Promise<{ sdk: Sdk; client: S3Client }> {
    const sdk = await import('@aws-sdk/client-s3');
    const { region, endpoint, pathStyle, credentials } = this.options;
    const client = new sdk.S3Client({
      region,
      forcePathStyle: pathStyle,
      maxAttempts: MAX_ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SOCKET_TIMEOUT_MS },
      // Many compatible services know none of Amazon's newer checksum headers.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials }),
    });
    return { sdk, client };
  }
}
