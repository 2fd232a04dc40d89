import { PyFloat, isJsonObject, pythonRepr } from '#common';
import { FileValue } from '../../values/file-value.js';
import { elementType, isArrayType, type SegmentType } from '../../values/segment-type.js';
import { Segment, numberOf, segmentAs, segmentOf, zeroSegment } from '../../values/segment.js';
import { NodeFailure } from '../../workflow.errors.js';

/** What an assigner can do to a variable (contract workflow-engine 7.18). */
export const OPERATIONS = [
  'over-write',
  'clear',
  'set',
  'append',
  'extend',
  '+=',
  '-=',
  '*=',
  '/=',
  'remove-first',
  'remove-last',
] as const;
export type Operation = (typeof OPERATIONS)[number];

const NUMERIC: readonly SegmentType[] = ['number', 'integer', 'float'];

/** Throws `NodeFailure` for an operation that the variable does not take, or an input that the operation does not take. */
export function checkSupport(operation: Operation, type: SegmentType, input: 'variable' | 'constant'): void {
  if (!isSupported(operation, type)) throw new NodeFailure(`Operation ${operation} is not supported for type ${type}`);
  if (!takesInput(operation, type, input)) throw new NodeFailure(`Input type ${input} is not supported for operation ${operation}`);
}

function isSupported(operation: Operation, type: SegmentType): boolean {
  switch (operation) {
    case 'over-write':
    case 'clear':
      return true;
    case 'set':
      return NUMERIC.includes(type) || type === 'string' || type === 'object' || type === 'boolean';
    case '+=':
    case '-=':
    case '*=':
    case '/=':
      return NUMERIC.includes(type);
    default:
      return isArrayType(type);
  }
}

function takesInput(operation: Operation, type: SegmentType, input: 'variable' | 'constant'): boolean {
  switch (operation) {
    case 'set':
    case '+=':
    case '-=':
    case '*=':
    case '/=':
      return input === 'constant';
    case 'over-write':
      return input === 'variable' || NUMERIC.includes(type) || type === 'string' || type === 'object' || type === 'boolean';
    default:
      return input === 'variable';
  }
}

/** The variable after the operation. Throws `NodeFailure` for an input that does not fit. */
export function operate(operation: Operation, variable: Segment, input: unknown): Segment {
  switch (operation) {
    case 'clear':
      return zeroSegment(variable.type);
    case 'over-write':
    case 'set':
      return replaced(variable.type, input, operation);
    case 'append':
      if (!isElement(variable.type, input)) throw invalid(input);
      return list(variable, [...items(variable), input]);
    case 'extend':
      if (!Array.isArray(input) || !input.every((item) => isElement(variable.type, item))) throw invalid(input);
      return list(variable, [...items(variable), ...(input as unknown[])]);
    case 'remove-first':
      return list(variable, items(variable).slice(1));
    case 'remove-last':
      return list(variable, items(variable).slice(0, -1));
    default:
      return calculated(operation, variable.value, input);
  }
}

function replaced(type: SegmentType, input: unknown, operation: 'over-write' | 'set'): Segment {
  const value = operation === 'set' && type === 'object' && typeof input === 'string' ? parsed(input) : input;
  if (NUMERIC.includes(type)) {
    const number = typeof value === 'boolean' ? Number(value) : value;
    if (numberOf(number) === undefined) throw invalid(input);
    return segmentOf(number);
  }
  if (isArrayType(type)) {
    if (!Array.isArray(value) || !value.every((item) => isElement(type, item))) throw invalid(input);
    return new Segment(type, value);
  }
  try {
    return segmentAs(type, value);
  } catch (error) {
    throw invalid(input, error);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(text, error);
  }
}

function isElement(type: SegmentType, value: unknown): boolean {
  switch (elementType(type)) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return numberOf(value) !== undefined;
    case 'object':
      return isJsonObject(value) && !(value instanceof FileValue) && !(value instanceof PyFloat);
    case 'boolean':
      return typeof value === 'boolean';
    case 'file':
      return value instanceof FileValue;
    default:
      return typeof value === 'string' || numberOf(value) !== undefined || isJsonObject(value);
  }
}

function items({ value }: Segment): unknown[] {
  return value as unknown[];
}

function list({ type }: Segment, value: unknown[]): Segment {
  return new Segment(type, value);
}

function calculated(operation: '+=' | '-=' | '*=' | '/=', current: unknown, input: unknown): Segment {
  const left = numberOf(current);
  const right = typeof input === 'boolean' ? Number(input) : numberOf(input);
  if (left === undefined || right === undefined || (operation === '/=' && right === 0)) throw invalid(input);
  const isFloat = operation === '/=' || !isInteger(current) || (typeof input !== 'boolean' && !isInteger(input));
  const result = operation === '+=' ? left + right : operation === '-=' ? left - right : operation === '*=' ? left * right : left / right;
  return segmentOf(isFloat ? PyFloat.of(result) : result);
}

function isInteger(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value);
}

function invalid(input: unknown, cause?: unknown): NodeFailure {
  return new NodeFailure(`Invalid input value ${pythonRepr(input)}`, cause === undefined ? {} : { cause });
}
