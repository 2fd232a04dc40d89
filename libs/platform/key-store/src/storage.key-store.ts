import { isUuid, UnexpectedError } from '#common';
import { type FileStorage, StoredFileMissingError } from '#platform/storage';
import { KeyStore } from './key-store.js';

const MAX_PEM_BYTES = 64 * 1024;

/** Private keys as files: `<prefix><tenant>/private.pem`, the layout of Dify below its `privkeys/`. Files are 0600 in directories of 0700. */
export class StorageKeyStore extends KeyStore {
  constructor(
    private readonly storage: FileStorage,
    private readonly prefix: string,
  ) {
    super();
  }

  async read(tenantId: string): Promise<string | null> {
    try {
      return Buffer.from(await this.storage.read(this.keyOf(tenantId), MAX_PEM_BYTES)).toString('utf8');
    } catch (error) {
      if (error instanceof StoredFileMissingError) return null;
      throw error;
    }
  }

  async write(tenantId: string, pem: string): Promise<void> {
    await this.storage.put(this.keyOf(tenantId), Buffer.from(pem, 'utf8'), { contentType: 'application/x-pem-file' });
  }

  async delete(tenantId: string): Promise<void> {
    await this.storage.delete(this.keyOf(tenantId));
  }

  private keyOf(tenantId: string): string {
    if (!isUuid(tenantId))
      throw new UnexpectedError({ code: 'unknown', status: 500, message: 'A private key is kept by the id of its workspace.' });
    return `${this.prefix}${tenantId.toLowerCase()}/private.pem`;
  }
}
