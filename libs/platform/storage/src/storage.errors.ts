import { NotFoundError, UnavailableError, UserError } from '#common';

/** 400 `invalid_storage_key`: the key could lead out of the storage, or no storage could hold it. */
export class InvalidStorageKeyError extends UserError {
  constructor(reason: string, cause?: unknown) {
    super({ code: 'invalid_storage_key', status: 400, message: `This is not a name for a stored file: ${reason}.`, cause });
  }
}

/** 404 `file_not_found`: nothing is stored under the key. */
export class StoredFileMissingError extends NotFoundError {
  constructor() {
    super('The file is not in the storage.', 'file_not_found');
  }
}

/** 413 `file_too_large`: the stored file is larger than the reader takes. */
export class StoredFileTooLargeError extends UserError {
  constructor(maxBytes: number) {
    super({ code: 'file_too_large', status: 413, message: `The file is larger than ${String(maxBytes)} bytes.` });
  }
}

/** 503 `storage_unavailable`: the disk or the bucket does not do its part; a later attempt may succeed. */
export class StorageUnavailableError extends UnavailableError {
  constructor(what: string, cause: unknown) {
    super('storage_unavailable', `The file storage can't ${what} now. Try again later.`, { retryAfterSeconds: 5, cause });
  }
}
