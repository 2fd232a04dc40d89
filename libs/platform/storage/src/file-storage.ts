import type { Readable } from 'node:stream';

/** What a stored file is kept with. */
export interface PutOptions {
  /** Media type, where the storage can keep one. Default: `application/octet-stream`. */
  contentType?: string;
}

/**
 * Where bytes are kept under a key, such as `upload_files/<tenant>/<id>.png`. A key names a place below the storage's own
 * prefix and can't leave it: see `checkStorageKey`. Every method throws `InvalidStorageKeyError` (400) for a key that is none and
 * `StorageUnavailableError` (503) when the storage fails.
 */
export abstract class FileStorage {
  /** Keeps the bytes; an older file of that key is replaced at once, never half. A stream is read as it comes, with bounded memory. */
  abstract put(key: string, data: Uint8Array | Readable, options?: PutOptions): Promise<void>;

  /** The bytes as a stream, opened already. Throws `StoredFileMissingError` (404). */
  abstract get(key: string): Promise<Readable>;

  /** All bytes. Throws `StoredFileMissingError` (404), or `StoredFileTooLargeError` (413) when there are more than `maxBytes`. */
  abstract read(key: string, maxBytes: number): Promise<Uint8Array>;

  /** Whether something is stored under the key. */
  abstract exists(key: string): Promise<boolean>;

  /** Removes the file; fine when there is none. */
  abstract delete(key: string): Promise<void>;

  /** Resolves when the storage can be used; for `/ready` and the doctor. */
  abstract check(): Promise<void>;
}
