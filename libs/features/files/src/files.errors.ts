import { ForbiddenError, NotFoundError, UserError } from '#common';
import { PayloadTooLargeError, UnsupportedMediaTypeError } from '#platform/http';

/** 400 `no_file_uploaded`: the form has no part `file`. */
export class NoFileUploadedError extends UserError {
  constructor() {
    super({ code: 'no_file_uploaded', status: 400, message: 'Please upload your file.' });
  }
}

/** 400 `too_many_files`: the form has more than one file. */
export class TooManyFilesError extends UserError {
  constructor() {
    super({ code: 'too_many_files', status: 400, message: 'Only one file is allowed.' });
  }
}

/** 400 `filename_not_exists_error`: the file has no name. */
export class FilenameMissingError extends UserError {
  constructor() {
    super({ code: 'filename_not_exists_error', status: 400, message: 'The specified filename does not exist.' });
  }
}

/** 413 `file_too_large`: the file exceeds the limit of its class. */
export class FileTooLargeError extends PayloadTooLargeError {
  constructor(limitBytes: number) {
    super(`File size exceeded. The limit for this type of file is ${limitBytes / 1_048_576} MB.`, 'file_too_large');
  }
}

/** 415 `unsupported_file_type`: the route does not take files of this type. */
export class UnsupportedFileTypeError extends UnsupportedMediaTypeError {
  constructor() {
    super('File type not allowed.', 'unsupported_file_type');
  }
}

/** 400 `remote_file_upload_error`: the address can't be read, or answers with an error. */
export class RemoteFileError extends UserError {
  constructor(url: string, reason: string, cause?: unknown) {
    super({ code: 'remote_file_upload_error', status: 400, message: `Failed to fetch file from ${url}: ${reason}`, cause });
  }
}

/** 404 `file_not_found`: no message of the caller's app has this file. */
export class FileNotFoundError extends NotFoundError {
  constructor(message = 'File not found in message context') {
    super(message, 'file_not_found');
  }
}

/** 403 `file_access_denied`: the file belongs to somebody else's message. */
export class FileAccessDeniedError extends ForbiddenError {
  constructor() {
    super('Access to the requested file is denied.', 'file_access_denied');
  }
}

/** 404 `not_found` of signed links: wrong, expired, or without a file behind it. */
export class FileLinkError extends NotFoundError {
  constructor() {
    super('File not found or signature is invalid');
  }
}

/** 404 `not_found`: the workspace has no logo of its own. */
export class WebappLogoNotFoundError extends NotFoundError {
  constructor() {
    super('webapp logo is not found');
  }
}
