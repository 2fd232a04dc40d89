import { InvalidParamError, storableText } from '#common';
import { FilenameMissingError } from '../files.errors.js';
import { MAX_NAME_LENGTH } from '../files.constants.js';

/** A name that may be stored, and its extension in lower case without a dot. */
export interface FileName {
  name: string;
  extension: string;
}

/**
 * Checks a name as it was sent (contract service-and-web-api 12). One with a slash or backslash is refused with 400 `invalid_param`,
 * an empty one with `filename_not_exists_error`; a long one is cut before its first dot.
 */
export function fileNameOf(raw: string): FileName {
  const name = storableText(raw).trim();
  if (name === '') throw new FilenameMissingError();
  if (/[/\\]/.test(name)) throw new InvalidParamError('Filename contains invalid characters');
  const extension = extensionOf(name);
  return { name: [...name].length > MAX_NAME_LENGTH ? shortened(name, extension) : name, extension };
}

/** What follows the last dot of a name, in lower case; "" when that is no extension. */
export function extensionOf(name: string): string {
  const extension = /\.([^.\s]{1,30})$/.exec(name)?.[1];
  return extension === undefined ? '' : extension.toLowerCase();
}

function shortened(name: string, extension: string): string {
  const stem = [...(name.split('.')[0] ?? '')].slice(0, MAX_NAME_LENGTH).join('');
  return extension === '' ? stem : `${stem}.${extension}`;
}

/** A `Content-Disposition` that names the file in any language (RFC 5987). */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename*=UTF-8''${encoded}`;
}
