import { Injectable } from '@nestjs/common';
import { systemClock, uuidv7 } from '#common';
import { StorageConfig } from '#platform/config';
import { FileStorage } from '#platform/storage';
import { FileTooLargeError } from '../files.errors.js';
import { UploadFileRepository } from '../repositories/upload-file.repository.js';
import type { UploadFile, Uploader } from '../upload-file.js';
import { contentTypeOf } from './content-type.js';
import { fileNameOf } from './file-name.js';
import { MeasuredStream } from './measured-stream.js';
import { UploadLimits } from './upload-limits.js';

/** A file on its way into the storage. */
export interface Upload {
  tenantId: string;
  uploader: Uploader;
  /** As sent; checked here. */
  name: string;
  /** What the sender calls its media type; believed as far as the bytes don't contradict. */
  declaredType: string;
  /** Bytes, when they are known before reading. */
  size?: number;
  data: AsyncIterable<Uint8Array>;
  /** Whether only documents are taken, as for knowledge. Default false. */
  documentsOnly?: boolean;
  /** Where it was fetched from. Default "". */
  sourceUrl?: string;
}

/** Takes files in: checks name, type and size, stores the bytes as they come, then the row. */
@Injectable()
export class FileUploadService {
  constructor(
    private readonly limits: UploadLimits,
    private readonly storage: FileStorage,
    private readonly storageConfig: StorageConfig,
    private readonly files: UploadFileRepository,
  ) {}

  /** Throws 400, 413 or 415 for a file that is not taken; nothing of it is kept then. */
  async store(upload: Upload): Promise<UploadFile> {
    const { name, extension } = fileNameOf(upload.name);
    this.limits.checkExtension(extension, upload.documentsOnly ?? false);
    const maxBytes = this.limits.maxBytes(extension);
    if ((upload.size ?? 0) > maxBytes) throw new FileTooLargeError(maxBytes);
    const id = uuidv7();
    const key = `upload_files/${upload.tenantId}/${id}${/^[a-z0-9]+$/.test(extension) ? `.${extension}` : ''}`;
    const written = await this.write(key, new MeasuredStream(upload.data, maxBytes), upload.declaredType);
    const file: UploadFile = {
      id,
      tenantId: upload.tenantId,
      key,
      name,
      size: written.size,
      extension,
      mimeType: written.mimeType,
      createdByRole: upload.uploader.role,
      createdBy: upload.uploader.id,
      createdAt: new Date(systemClock.now()),
    };
    try {
      await this.files.insert({
        ...file,
        storageType: this.storageConfig.usesS3 ? 's3' : 'local',
        hash: written.hash,
        sourceUrl: upload.sourceUrl ?? '',
      });
    } catch (error) {
      await this.discard(key);
      throw error;
    }
    return file;
  }

  private async write(
    key: string,
    source: MeasuredStream,
    declaredType: string,
  ): Promise<{ size: number; mimeType: string; hash: string }> {
    try {
      const mimeType = contentTypeOf(await source.head(), declaredType);
      await this.storage.put(key, source.stream(), { contentType: mimeType });
      return { size: source.size, mimeType, hash: source.digest() };
    } catch (error) {
      await source.close();
      await this.discard(key);
      throw source.failure ?? error;
    }
  }

  /** Best effort: what is left behind has no row and is never served. */
  private async discard(key: string): Promise<void> {
    await this.storage.delete(key).catch(() => undefined);
  }
}
