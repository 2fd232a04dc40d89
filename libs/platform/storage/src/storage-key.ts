import { InvalidStorageKeyError } from './storage.errors.js';

const MAX_KEY_BYTES = 1024;
const MAX_SEGMENT_BYTES = 255;
const FORBIDDEN = /[\p{Cc}\\]/u;

/**
 * Checks the name of a stored file, such as `upload_files/<tenant>/<id>.png`, and gives it back. Every adapter calls it first.
 * @throws InvalidStorageKeyError for a name that is empty, absolute, too long, or holds `.`, `..`, an empty part, a backslash or a control character.
 */
export function checkStorageKey(key: string): string {
  if (key === '' || Buffer.byteLength(key) > MAX_KEY_BYTES)
    throw new InvalidStorageKeyError(`it must have 1 to ${String(MAX_KEY_BYTES)} bytes`);
  if (!key.isWellFormed() || FORBIDDEN.test(key)) throw new InvalidStorageKeyError('it holds a character that is not allowed');
  for (const segment of key.split('/')) {
    if (segment === '' || segment === '.' || segment === '..')
      throw new InvalidStorageKeyError('it is absolute or has an empty or dotted part');
    if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)
      throw new InvalidStorageKeyError(`a part is longer than ${String(MAX_SEGMENT_BYTES)} bytes`);
  }
  return key;
}
