import { Readable } from 'node:stream';
import { AppError } from '#common';
import { FileStorage, type PutOptions } from '../file-storage.js';
import { readLimited } from '../read-limited.js';
import { checkStorageKey } from '../storage-key.js';
import { StorageUnavailableError, StoredFileMissingError, StoredFileTooLargeError } from '../storage.errors.js';
import type { S3Bucket } from './s3-bucket.js';
import { partsOf } from './s3-parts.js';

/** Amazon asks for at least 5 MiB in every part but the last, and takes 10,000 parts: files up to 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;
const DEFAULT_TYPE = 'application/octet-stream';

/** Objects in a bucket of any S3-compatible service. */
export class S3Storage extends FileStorage {
  constructor(private readonly bucket: S3Bucket) {
    super();
  }

  async put(key: string, data: Uint8Array | Readable, options: PutOptions = {}): Promise<void> {
    checkStorageKey(key);
    const type = options.contentType ?? DEFAULT_TYPE;
    if (!(data instanceof Readable)) return this.putWhole(key, data, type);
    const parts = partsOf(data, PART_BYTES);
    const first = await parts.next();
    if (first.done) return this.putWhole(key, new Uint8Array(0), type);
    if (first.value.length < PART_BYTES) return this.putWhole(key, first.value, type);
    return this.putInParts(key, first.value, parts, type);
  }

  async get(key: string): Promise<Readable> {
    return (await this.fetch(key)).body;
  }

  async read(key: string, maxBytes: number): Promise<Uint8Array> {
    const { body, size } = await this.fetch(key);
    if (size !== undefined && size > maxBytes) {
      body.destroy();
      throw new StoredFileTooLargeError(maxBytes);
    }
    return this.guarded('read', () => readLimited(body, maxBytes));
  }

  async exists(key: string): Promise<boolean> {
    const place = this.bucket.place(checkStorageKey(key));
    try {
      const { sdk, client } = await this.bucket.open();
      await client.send(new sdk.HeadObjectCommand(place));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw new StorageUnavailableError('read', error);
    }
  }

  async delete(key: string): Promise<void> {
    const place = this.bucket.place(checkStorageKey(key));
    await this.guarded('delete', async ({ sdk, client }) => client.send(new sdk.DeleteObjectCommand(place)));
  }

  async check(): Promise<void> {
    await this.guarded('be used', async ({ sdk, client }) =>
      client.send(new sdk.HeadBucketCommand({ Bucket: this.bucket.options.bucket })),
    );
  }

  private async fetch(key: string): Promise<{ body: Readable; size: number | undefined }> {
    const place = this.bucket.place(checkStorageKey(key));
    try {
      const { sdk, client } = await this.bucket.open();
      const answer = await client.send(new sdk.GetObjectCommand(place));
      return { body: answer.Body as Readable, size: answer.ContentLength };
    } catch (error) {
      throw isMissing(error) ? new StoredFileMissingError() : new StorageUnavailableError('read', error);
    }
  }

  private async putWhole(key: string, bytes: Uint8Array, type: string): Promise<void> {
    const place = this.bucket.place(key);
    await this.guarded('write', async ({ sdk, client }) =>
      client.send(new sdk.PutObjectCommand({ ...place, Body: bytes, ContentLength: bytes.length, ContentType: type })),
    );
  }

  private async putInParts(key: string, first: Uint8Array, rest: AsyncIterator<Uint8Array>, type: string): Promise<void> {
    const { sdk, client } = await this.bucket.open();
    const place = this.bucket.place(key);
    const upload = await this.guarded('write', async () =>
      client.send(new sdk.CreateMultipartUploadCommand({ ...place, ContentType: type })),
    );
    const target = { ...place, UploadId: upload.UploadId };
    const sent: { PartNumber: number; ETag: string | undefined }[] = [];
    try {
      for (let part: Uint8Array | null = first; part !== null; part = await nextOf(rest)) {
        const command = new sdk.UploadPartCommand({ ...target, PartNumber: sent.length + 1, Body: part, ContentLength: part.length });
        const answer = await this.guarded('write', async () => client.send(command));
        sent.push({ PartNumber: sent.length + 1, ETag: answer.ETag });
      }
      await this.guarded('write', async () =>
        client.send(new sdk.CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts: sent } })),
      );
    } catch (error) {
      // Parts that stay behind cost money; the first error is the one to tell.
      await client.send(new sdk.AbortMultipartUploadCommand(target)).catch(() => undefined);
      throw error;
    }
  }

  private async guarded<T>(what: string, work: (opened: Awaited<ReturnType<S3Bucket['open']>>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.bucket.open());
    } catch (error) {
      throw error instanceof AppError ? error : new StorageUnavailableError(what, error);
    }
  }
}

async function nextOf(parts: AsyncIterator<Uint8Array>): Promise<Uint8Array | null> {
  const next = await parts.next();
  return next.done ? null : next.value;
}

function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NoSuchKey' || (name !== 'NoSuchBucket' && $metadata?.httpStatusCode === 404);
}
