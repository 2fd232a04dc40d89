/** Kinds of values in the variable pool, as they are named on the wire (contract workflow-engine 3.1). */
export const SEGMENT_TYPES = [
  'none',
  'string',
  'number',
  'integer',
  'float',
  'boolean',
  'object',
  'secret',
  'file',
  'group',
  'array[any]',
  'array[string]',
  'array[number]',
  'array[object]',
  'array[file]',
  'array[boolean]',
] as const;
export type SegmentType = (typeof SEGMENT_TYPES)[number];

const KNOWN = new Set<string>(SEGMENT_TYPES);

/** Reads a type as DSL files spell it, in any case; undefined when it is none. */
export function parseSegmentType(text: unknown): SegmentType | undefined {
  if (typeof text !== 'string') return undefined;
  const name = text.toLowerCase();
  if (name === 'array') return 'array[any]';
  return KNOWN.has(name) ? (name as SegmentType) : undefined;
}

/** The type shown outside: integers and floats are both `number`. */
export function exposedType(type: SegmentType): SegmentType {
  return type === 'integer' || type === 'float' ? 'number' : type;
}

/** Whether a type is one of the lists. */
export function isArrayType(type: SegmentType): boolean {
  return type.startsWith('array[');
}

/** The type of the elements of a list type; undefined for `array[any]` and for types that are no lists. */
export function elementType(type: SegmentType): 'string' | 'number' | 'object' | 'file' | 'boolean' | undefined {
  switch (type) {
    case 'array[string]':
      return 'string';
    case 'array[number]':
      return 'number';
    case 'array[object]':
      return 'object';
    case 'array[file]':
      return 'file';
    case 'array[boolean]':
      return 'boolean';
    default:
      return undefined;
  }
}
