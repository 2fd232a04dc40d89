import { isJsonObject } from '#common';
import { FileValue } from './file-value.js';

/** A value for a template: files as the objects they are stored as. What holds no file is returned as it is. */
export function plainValue(value: unknown): unknown {
  if (value instanceof FileValue) return value.toJSON();
  if (Array.isArray(value)) return hasFile(value) ? value.map(plainValue) : value;
  if (!isJsonObject(value) || !hasFile(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]));
}

function hasFile(value: unknown): boolean {
  if (value instanceof FileValue) return true;
  if (Array.isArray(value)) return value.some(hasFile);
  return isJsonObject(value) && Object.values(value).some(hasFile);
}
