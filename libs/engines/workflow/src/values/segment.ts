import { PyFloat, isJsonObject } from '#common';
import { FileValue } from './file-value.js';
import type { SegmentType } from './segment-type.js';
import { TypeMismatchError } from '../workflow.errors.js';

/**
 * A value with its type. `value` is plain data: null, boolean, number, string, list, object, `FileValue`, or `PyFloat` for a
 * float without a fraction. Values are never changed in place, so segments may be shared between pools.
 */
export class Segment {
  constructor(
    readonly type: SegmentType,
    readonly value: unknown,
  ) {}
}

export const NONE = new Segment('none', null);
const TRUE = new Segment('boolean', true);
const FALSE = new Segment('boolean', false);

/** The segment of a raw value, its type inferred (contract workflow-engine 3.1). */
export function segmentOf(raw: unknown): Segment {
  if (raw instanceof Segment) return raw;
  switch (typeof raw) {
    case 'string':
      return new Segment('string', raw);
    case 'number':
      return new Segment(Number.isInteger(raw) ? 'integer' : 'float', raw);
    case 'boolean':
      return raw ? TRUE : FALSE;
    case 'object':
      if (raw === null) return NONE;
      if (raw instanceof PyFloat) return new Segment('float', raw);
      if (raw instanceof FileValue) return new Segment('file', raw);
      if (Array.isArray(raw)) return new Segment(listType(raw), raw);
      return new Segment('object', raw);
    default:
      return NONE;
  }
}

function listType(list: readonly unknown[]): SegmentType {
  if (list.length === 0) return 'array[any]';
  const kind = elementKind(list[0]);
  for (let i = 1; i < list.length; i += 1) if (elementKind(list[i]) !== kind) return 'array[any]';
  return kind === 'other' ? 'array[any]' : `array[${kind}]`;
}

function elementKind(value: unknown): 'string' | 'number' | 'boolean' | 'object' | 'file' | 'other' {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      if (value instanceof FileValue) return 'file';
      if (value instanceof PyFloat) return 'number';
      return value !== null && !Array.isArray(value) ? 'object' : 'other';
    default:
      return 'other';
  }
}

/** The segment of a value that must be of a declared type. Throws `TypeMismatchError`. */
export function segmentAs(type: SegmentType, raw: unknown): Segment {
  const inferred = segmentOf(raw);
  if (fits(type, inferred)) return keepsInference(type) ? inferred : new Segment(type, inferred.value);
  throw new TypeMismatchError(type, inferred.type);
}

/** An integer stays an integer in a variable declared as `number`. */
function keepsInference(type: SegmentType): boolean {
  return type === 'number' || type === 'group';
}

function fits(type: SegmentType, inferred: Segment): boolean {
  if (inferred.type === type) return true;
  switch (type) {
    case 'number':
      return inferred.type === 'integer' || inferred.type === 'float';
    case 'secret':
      return inferred.type === 'string';
    case 'array[any]':
      return Array.isArray(inferred.value);
    case 'array[string]':
    case 'array[number]':
    case 'array[object]':
    case 'array[file]':
    case 'array[boolean]':
      return Array.isArray(inferred.value) && inferred.value.length === 0;
    case 'float':
      return inferred.type === 'integer';
    default:
      return false;
  }
}

/** What a variable of a type is when it is cleared. Throws `TypeMismatchError` for types without a zero value. */
export function zeroSegment(type: SegmentType): Segment {
  switch (type) {
    case 'string':
    case 'secret':
      return new Segment(type, '');
    case 'number':
    case 'integer':
      return new Segment('integer', 0);
    case 'float':
      return new Segment('float', new PyFloat(0));
    case 'boolean':
      return FALSE;
    case 'object':
      return new Segment('object', {});
    case 'none':
      return NONE;
    case 'array[any]':
    case 'array[string]':
    case 'array[number]':
    case 'array[object]':
    case 'array[boolean]':
      return new Segment(type, []);
    default:
      throw new TypeMismatchError(type, 'none');
  }
}

/** The number of a numeric value; undefined for all others. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return value instanceof PyFloat ? value.value : undefined;
}

/** Whether Python would call a value false: empty, zero, null or false. */
export function isFalsy(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '' || value === 0) return true;
  if (value instanceof PyFloat) return value.value === 0;
  if (Array.isArray(value)) return value.length === 0;
  return !(value instanceof FileValue) && isJsonObject(value) && Object.keys(value).length === 0;
}
