import type { JsonObject } from '#common';
import { ModelConfigError } from '../../chat.errors.js';
import { own } from '../values.js';
import { listAt, objectAt } from './validation-context.js';
import type { ConfigValidator } from './validation-context.js';

export const FILE_TYPES = ['image', 'document', 'audio', 'video', 'custom'] as const;
export const TRANSFER_METHODS = ['local_file', 'remote_url', 'tool_file', 'datasource_file'] as const;

/** `file_upload`: types and methods that exist, limits that are numbers (contract console-apps-workflows 5.7). */
export const validateFileUpload: ConfigValidator = ({ body }) => {
  const upload = objectAt(body, 'file_upload');
  checkNames(upload, 'allowed_file_types', FILE_TYPES);
  checkNames(upload, 'allowed_file_upload_methods', TRANSFER_METHODS);
  if (listAt(upload, 'allowed_file_extensions', 'file_upload.allowed_file_extensions').some((item) => typeof item !== 'string')) {
    throw new ModelConfigError('file_upload.allowed_file_extensions must be a list of strings');
  }
  const limit = own(upload, 'number_limits') ?? 0;
  if (!Number.isInteger(limit)) throw new ModelConfigError('file_upload.number_limits must be an integer');
  objectAt(upload, 'image', {}, 'file_upload.image');
  return { file_upload: upload };
};

function checkNames(upload: JsonObject, key: string, allowed: readonly string[]): void {
  for (const item of listAt(upload, key, `file_upload.${key}`)) {
    if (typeof item !== 'string' || !allowed.includes(item)) {
      throw new ModelConfigError(`file_upload.${key} can only hold ${allowed.join(', ')}`);
    }
  }
}
