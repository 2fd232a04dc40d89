import { PyFloat, isJsonObject } from '#common';
import { numberOf } from '../../values/segment.js';
import type { CodeLimits } from '../../run/run-options.js';
import type { OutputDeclaration, OutputDeclarations } from './output-declaration.js';

/** What code returned is not what it was declared to return. */
export class CodeNodeError extends Error {
  constructor(
    message: string,
    readonly errorType: 'OutputValidationError' | 'DepthLimitError' | 'CodeNodeError' = 'OutputValidationError',
  ) {
    super(message);
    this.name = errorType;
  }
}

/** Checks a result against its declaration and the limits (contract workflow-engine 7.10). Throws `CodeNodeError`. */
export function checkOutputs(result: Record<string, unknown>, declared: OutputDeclarations, limits: CodeLimits): Record<string, unknown> {
  return checkObject(result, declared, { limits, prefix: '', depth: 1 });
}

interface Place {
  limits: CodeLimits;
  /** Path of the object around, with its dot. */
  prefix: string;
  depth: number;
}

function checkObject(result: Record<string, unknown>, declared: OutputDeclarations, place: Place): Record<string, unknown> {
  const { limits, prefix, depth } = place;
  if (depth > limits.maxDepth) throw new CodeNodeError(`Depth limit ${limits.maxDepth} reached, object too deep.`, 'DepthLimitError');
  const outputs: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries(declared)) {
    const path = `${prefix}${name}`;
    if (!Object.hasOwn(result, name)) throw new CodeNodeError(`Output ${path} is missing.`);
    outputs[name] = checkValue(path, result[name], declaration, place);
  }
  if (Object.keys(result).length > Object.keys(declared).length)
    throw new CodeNodeError('Not all output parameters are validated.', 'CodeNodeError');
  return outputs;
}

function checkValue(path: string, value: unknown, { type, children }: OutputDeclaration, place: Place): unknown {
  if (value === null) return null;
  const { limits } = place;
  switch (type) {
    case 'string':
      return checkString(path, value, limits);
    case 'number':
      return checkNumber(path, value, limits);
    case 'boolean':
      return value;
    case 'object':
      if (!isMap(value)) throw new CodeNodeError(`Output ${path} is not an object, got ${pythonType(value)} instead.`);
      if (children === null) return checkFree(path, value, place);
      return checkObject(value, children, { limits, prefix: `${path}.`, depth: place.depth + 1 });
    default:
      return checkList(path, value, { type, children }, place);
  }
}

function checkString(path: string, value: unknown, limits: CodeLimits): string {
  if (typeof value !== 'string') throw new CodeNodeError(`Output ${path} must be a string, got ${pythonType(value)} instead`);
  if (value.length > limits.maxStringLength)
    throw new CodeNodeError(`The length of output variable \`${path}\` must be less than ${limits.maxStringLength} characters`);
  return value.replaceAll('\u0000', '');
}

function checkNumber(path: string, value: unknown, limits: CodeLimits): unknown {
  if (typeof value === 'boolean') return Number(value);
  const number = numberOf(value);
  if (number === undefined) throw new CodeNodeError(`Output ${path} is not a number, got ${pythonType(value)} instead.`);
  if (number > limits.maxNumber || number < limits.minNumber)
    throw new CodeNodeError(`Output variable \`${path}\` is out of range, it must be between ${limits.minNumber} and ${limits.maxNumber}.`);
  if (!Number.isInteger(number) && (String(number).split('.')[1] ?? '').length > limits.maxPrecision)
    throw new CodeNodeError(`Output variable \`${path}\` has too high precision, it must be less than ${limits.maxPrecision} digits.`);
  return value;
}

const LIST_LIMITS = {
  'array[string]': 'maxStringArrayLength',
  'array[number]': 'maxNumberArrayLength',
  'array[object]': 'maxObjectArrayLength',
  'array[boolean]': 'maxNumberArrayLength',
} as const;

function checkList(path: string, value: unknown, { type, children }: OutputDeclaration, place: Place): unknown[] {
  if (!Array.isArray(value)) throw new CodeNodeError(`Output ${path} is not an array, got ${pythonType(value)} instead.`);
  const most = place.limits[LIST_LIMITS[type as keyof typeof LIST_LIMITS]];
  if (value.length > most) throw new CodeNodeError(`The length of output variable \`${path}\` must be less than ${most} elements.`);
  return value.map((item: unknown, index) => {
    const at = `${path}[${index}]`;
    switch (type) {
      case 'array[string]':
        return item === null ? null : checkString(at, item, place.limits);
      case 'array[number]':
        return checkNumber(at, item, place.limits);
      case 'array[boolean]':
        if (item !== null && typeof item !== 'boolean')
          throw new CodeNodeError(`Output ${at} is not a boolean, got ${pythonType(item)} instead.`);
        return item;
      default:
        return checkValue(at, item, { type: 'object', children }, place);
    }
  });
}

/** An object whose fields are not declared: any JSON within the limits, lists of one kind. */
function checkFree(path: string, value: Record<string, unknown>, place: Place): Record<string, unknown> {
  if (place.depth > place.limits.maxDepth)
    throw new CodeNodeError(`Depth limit ${place.limits.maxDepth} reached, object too deep.`, 'DepthLimitError');
  const inner = { ...place, depth: place.depth + 1 };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, checkAny(`${path}.${key}`, item, inner)]));
}

function checkAny(path: string, value: unknown, place: Place): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return checkString(path, value, place.limits);
  if (numberOf(value) !== undefined) return checkNumber(path, value, place.limits);
  if (isMap(value)) return checkFree(path, value, place);
  const items = value as unknown[];
  const kinds = new Set(items.filter((item) => item !== null).map(kindOf));
  if (kinds.size > 1) throw new CodeNodeError(`Output ${path} is not an array of one type; its elements are ${[...kinds].join(', ')}.`);
  const [kind] = kinds;
  if (kind === 'list') throw new CodeNodeError(`Output ${path} is a list of lists, which is not supported.`);
  return checkList(path, items, { type: `array[${(kind ?? 'string') as 'string'}]`, children: null }, place);
}

function kindOf(value: unknown): 'string' | 'number' | 'boolean' | 'object' | 'list' {
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value as 'string' | 'boolean';
  if (numberOf(value) !== undefined) return 'number';
  return Array.isArray(value) ? 'list' : 'object';
}

function isMap(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value) && !(value instanceof PyFloat);
}

/** The name Python has for the type of a JSON value. */
function pythonType(value: unknown): string {
  if (value instanceof PyFloat) return 'float';
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    default:
      return value === null ? 'NoneType' : Array.isArray(value) ? 'list' : 'dict';
  }
}
