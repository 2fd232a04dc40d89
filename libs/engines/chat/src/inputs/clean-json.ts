import { isJsonObject, storableText } from '#common';
import type { Json } from '#common';

/**
 * A copy of a JSON value whose texts and keys can be stored: no NUL, no lone surrogates. Keys such as `__proto__` stay plain data.
 * The caller bounds the depth.
 */
export function cleanJson(value: unknown): Json {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), cleanJson(item)]));
  }
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  return null;
}
