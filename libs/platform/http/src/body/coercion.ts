import 'reflect-metadata';
import { getMetadataStorage } from 'class-validator';

/** A request DTO class. */
export type DtoClass = new () => object;

/** What the type of a DTO field says about texts that stand for it. */
export type FieldKind = 'number' | 'boolean' | 'list' | 'other';

const TRUE = new Set(['true', '1', 'yes', 'on', 't', 'y']);
const FALSE = new Set(['false', '0', 'no', 'off', 'f', 'n']);
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

const kindsByClass = new WeakMap<DtoClass, ReadonlyMap<string, FieldKind>>();

/** The declared fields of a DTO class, with their kinds. */
export function fieldKindsOf(type: DtoClass): ReadonlyMap<string, FieldKind> {
  let kinds = kindsByClass.get(type);
  if (!kinds) kindsByClass.set(type, (kinds = readKinds(type)));
  return kinds;
}

function readKinds(type: DtoClass): Map<string, FieldKind> {
  const fields = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const kinds = new Map<string, FieldKind>();
  for (const { propertyName } of fields) {
    const design: unknown = Reflect.getMetadata('design:type', type.prototype as object, propertyName);
    kinds.set(propertyName, design === Number ? 'number' : design === Boolean ? 'boolean' : design === Array ? 'list' : 'other');
  }
  return kinds;
}

/** Reads a text as the kind wants it; a value that can't be read so is returned as it is, for the validators to refuse. */
export function coerce(value: unknown, kind: FieldKind): unknown {
  if (kind === 'number' && typeof value === 'string' && NUMBER.test(value)) return Number(value);
  if (kind === 'boolean') return coerceBoolean(value);
  return value;
}

function coerceBoolean(value: unknown): unknown {
  if (value === 1) return true;
  if (value === 0) return false;
  if (typeof value !== 'string') return value;
  const lower = value.trim().toLowerCase();
  return TRUE.has(lower) ? true : FALSE.has(lower) ? false : value;
}
