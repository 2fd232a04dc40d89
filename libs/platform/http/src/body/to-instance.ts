import { isJsonObject } from '#common';
import { coerce, type DtoClass, fieldKindsOf } from './coercion.js';
import { freeFormFieldsOf } from './free-form.decorator.js';
import { nestedTypesOf } from './nested.decorator.js';

/**
 * An instance of a request class with the declared fields of a JSON object and the class's defaults for the others. Values are put in
 * as they are, whatever keys they have; only what is declared as {@link Nested} is looked into, so no caller decides how deep.
 */
export function toInstance(type: DtoClass, plain: Record<string, unknown>): object {
  const free = freeFormFieldsOf(type);
  const nested = nestedTypesOf(type);
  const values: Record<string, unknown> = {};
  for (const [key, kind] of fieldKindsOf(type)) {
    if (!Object.hasOwn(plain, key)) continue;
    const inner = nested[key];
    if (inner) values[key] = nestedInstances(inner(), plain[key]);
    else values[key] = free.includes(key) ? plain[key] : coerce(plain[key], kind);
  }
  return Object.assign(new type(), values);
}

/** What is no object stays as it is, for the validators to refuse. */
function nestedInstances(type: DtoClass, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => (isJsonObject(item) ? toInstance(type, item) : item));
  return isJsonObject(value) ? toInstance(type, value) : value;
}
