import { isJsonObject } from '#common';
import type { JsonObject } from '#common';
import { ModelConfigError } from '../../chat.errors.js';
import type { EasyAppMode } from '../app-mode.js';
import type { ModelConfigDocument } from '../model-config-document.js';
import type { ModelConfigFacts } from '../model-config-facts.port.js';
import { isEmpty, own } from '../values.js';

/** What a validator sees: the client's body and what the validators before it have made of it. */
export interface ValidationContext {
  mode: EasyAppMode;
  body: JsonObject;
  facts: ModelConfigFacts;
  done: ModelConfigDocument;
}

/** Checks some keys and returns them with defaults filled in; throws `ModelConfigError`. */
export type ConfigValidator = (context: ValidationContext) => ModelConfigDocument | Promise<ModelConfigDocument>;

/** The object under a key, copied; empty values become `fallback`. */
export function objectAt(body: JsonObject, key: string, fallback: JsonObject = {}, name: string = key): JsonObject {
  const value = own(body, key);
  if (isEmpty(value)) return { ...fallback };
  if (!isJsonObject(value)) throw new ModelConfigError(`${name} must be of object type`);
  return { ...value };
}

/** The list under a key; empty values become []. */
export function listAt(body: JsonObject, key: string, name: string = key): unknown[] {
  const value = own(body, key);
  if (isEmpty(value)) return [];
  if (!Array.isArray(value)) throw new ModelConfigError(`${name} must be of list type`);
  return value;
}

/** The text under a key; empty values become "". */
export function textAt(body: JsonObject, key: string, name: string = key): string {
  const value = own(body, key);
  if (isEmpty(value)) return '';
  if (typeof value !== 'string') throw new ModelConfigError(`${name} must be of string type`);
  return value;
}

/** The flag under a key; empty values become false. */
export function flagAt(body: JsonObject, key: string, name: string): boolean {
  const value = own(body, key);
  if (isEmpty(value)) return false;
  if (typeof value !== 'boolean') throw new ModelConfigError(`${name} must be of boolean type`);
  return value;
}

/** A list of values for a message: `['a', 'b']`. */
export function quoted(values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(', ')}]`;
}
