import { PyFloat, isJsonObject } from '#common';
import { FileValue, fileFromJson, isStoredFile } from './file-value.js';
import { Segment } from './segment.js';
import type { SegmentType } from './segment-type.js';

const FLOAT_MARK = '$float';
const ESCAPE_MARK = '$object';

/** A segment as JSON that `decodeSegment` reads back without loss: whole floats and files keep their kind. */
export interface EncodedSegment {
  t: SegmentType;
  v: unknown;
}

export function encodeSegment(segment: Segment): EncodedSegment {
  return { t: segment.type, v: segment.type === 'group' ? (segment.value as Segment[]).map(encodeSegment) : encodeValue(segment.value) };
}

export function decodeSegment(encoded: EncodedSegment): Segment {
  if (encoded.t === 'group') return new Segment('group', (encoded.v as EncodedSegment[]).map(decodeSegment));
  return new Segment(encoded.t, decodeValue(encoded.v));
}

/** A value of the pool as plain JSON. */
export function encodeValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (value instanceof PyFloat) return { [FLOAT_MARK]: value.value };
  if (value instanceof FileValue) return value.toJSON();
  if (value instanceof Segment) return encodeValue(value.value);
  if (Array.isArray(value)) return value.map(encodeValue);
  const plain = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encodeValue(item)]));
  // An object of the user's that looks like one of the marks is wrapped, so that it comes back as it was.
  return FLOAT_MARK in plain || ESCAPE_MARK in plain ? { [ESCAPE_MARK]: plain } : plain;
}

export function decodeValue(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null) return stored;
  if (Array.isArray(stored)) return stored.map(decodeValue);
  if (!isJsonObject(stored)) return stored;
  if (isStoredFile(stored)) return fileFromJson(stored);
  const keys = Object.keys(stored);
  if (keys.length === 1 && keys[0] === FLOAT_MARK && typeof stored[FLOAT_MARK] === 'number') return new PyFloat(stored[FLOAT_MARK]);
  const inner = keys.length === 1 && keys[0] === ESCAPE_MARK && isJsonObject(stored[ESCAPE_MARK]) ? stored[ESCAPE_MARK] : stored;
  return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, decodeValue(item)]));
}
