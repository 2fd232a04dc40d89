import { Injectable } from '@nestjs/common';
import { FileStorage } from '#platform/storage';
import { UploadFileRepository } from '../repositories/upload-file.repository.js';

const FILES_AT_ONCE = 50;

/** Removes the files of workspaces that are gone. */
@Injectable()
export class FilePurge {
  constructor(
    private readonly files: UploadFileRepository,
    private readonly storage: FileStorage,
  ) {}

  /** Removes bytes, then rows: what is interrupted between them is found again. Can run twice. */
  async purge(tenantId: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const files = await this.files.some(tenantId, FILES_AT_ONCE);
      if (files.length === 0) return;
      await Promise.all(files.map(({ key }) => this.storage.delete(key)));
      const ids = files.map(({ id }) => id);
      await this.files.deleteMany(tenantId, ids);
    }
  }
}
