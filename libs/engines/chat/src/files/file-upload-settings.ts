import { FILE_TYPES, TRANSFER_METHODS } from '../config/validators/file-upload.validator.js';
import { integerOr, objectOr, own, textsOf } from '../config/values.js';
import type { FileUploadSettings } from './chat-file.js';

const DEFAULT_LIMIT = 3;

/**
 * Reads `file_upload` of a configuration. Files are taken only when the object as a whole is enabled; the old form, where just
 * `image` is, ignores them as recorded (traces service/chat-errors).
 */
export function parseFileUpload(value: unknown): { settings: FileUploadSettings | null; imageDetail: 'low' | 'high' } {
  const upload = objectOr(value, {});
  const imageDetail = own(objectOr(own(upload, 'image'), {}), 'detail') === 'low' ? 'low' : 'high';
  if (own(upload, 'enabled') !== true) return { settings: null, imageDetail };
  const types = textsOf(own(upload, 'allowed_file_types'));
  const methods = textsOf(own(upload, 'allowed_file_upload_methods'));
  return {
    imageDetail,
    settings: {
      allowedTypes: FILE_TYPES.filter((type) => types.includes(type)),
      allowedExtensions: textsOf(own(upload, 'allowed_file_extensions')).map(withDot),
      allowedMethods: TRANSFER_METHODS.filter((method) => methods.includes(method)),
      numberLimit: Math.max(0, integerOr(own(upload, 'number_limits'), DEFAULT_LIMIT)),
    },
  };
}

function withDot(extension: string): string {
  const lower = extension.toLowerCase();
  return lower.startsWith('.') ? lower : `.${lower}`;
}
