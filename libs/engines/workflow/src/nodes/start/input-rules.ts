import { isDeeperThan, isJsonObject, PyFloat, pythonRepr, storableText } from '#common';
import { FileValue } from '../../values/file-value.js';
import { isFalsy, numberOf } from '../../values/segment.js';
import { WorkflowError } from '../../workflow.errors.js';
import type { StartVariable } from './start-variable.js';

/** What a caller filled in does not fit the form. The message is for the caller. */
export class StartFormError extends WorkflowError {
  constructor(
    message: string,
    /** The field that is wrong. */
    readonly variable: string,
  ) {
    super(message, { errorType: 'ValueError' });
  }
}

const TRUE_WORDS: ReadonlySet<string> = new Set(['true', '1', 'yes', 'on']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['false', '0', 'no', 'off']);
const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MAX_DEPTH = 200;

/** The value of a field, converted to its type (contract workflow-engine 3.6). Throws `StartFormError`. */
export function checkInput(field: StartVariable, sent: unknown): unknown {
  const value = missing(sent) ? fallback(field) : sent;
  if (missing(value) || isUnsetFile(field, value)) return null;
  if (isDeeperThan(value, MAX_DEPTH)) throw problem(field, `nests deeper than ${MAX_DEPTH} levels`);
  return byType(field, cleaned(value));
}

function missing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function fallback({ variable, type, required, default: preset }: StartVariable): unknown {
  if (required) throw new StartFormError(`${variable} is required in input form`, variable);
  // A blank choice is none, whatever the options are.
  return type === 'select' && preset === '' ? null : preset;
}

function isUnsetFile({ type, required }: StartVariable, value: unknown): boolean {
  return (type === 'file' || type === 'file-list') && !required && value === '';
}

function problem({ variable }: StartVariable, text: string): StartFormError {
  return new StartFormError(`${variable} in input form ${text}`, variable);
}

function byType(field: StartVariable, value: unknown): unknown {
  switch (field.type) {
    case 'text-input':
    case 'paragraph':
      return checkLength(field, checkText(field, value));
    case 'external_data_tool':
      return checkText(field, value);
    case 'select':
      return checkOption(field, checkText(field, value));
    case 'number':
      return checkNumber(field, value);
    case 'file':
      if (!isFileEntry(value)) throw problem(field, 'must be a file');
      return value;
    case 'file-list':
      return checkFileList(field, value);
    case 'json_object':
      if (!isFalsy(value) && !isMap(value)) throw problem(field, 'must be a dict');
      return value;
    case 'checkbox':
      return refuseMaps(field, checkbox(value));
    default:
      // A type of a newer version: its values are its own affair.
      return value;
  }
}

function checkText(field: StartVariable, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new StartFormError(`(type '${field.type}') ${field.variable} in input form must be a string`, field.variable);
}

function checkLength(field: StartVariable, text: string): string {
  const most = field.max_length ?? 0;
  if (most > 0 && isLongerThan(text, most)) throw problem(field, `must be less than ${most} characters`);
  return text;
}

/** Counts characters, not UTF-16 units, and only where that makes a difference. */
function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  return text.length > limit * 2 || Array.from(text).length > limit;
}

function checkOption(field: StartVariable, text: string): string {
  if (!field.options.includes(text)) throw problem(field, `must be one of the following: ${pythonRepr(field.options)}`);
  return text;
}

function checkNumber(field: StartVariable, value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof PyFloat) return value;
  if (typeof value !== 'string')
    throw new StartFormError(
      `expected value type int, float or str, got ${Array.isArray(value) ? 'list' : 'dict'} (${field.variable})`,
      field.variable,
    );
  const text = value.trim();
  if (text === '') return null;
  const isInteger = INTEGER.test(text);
  const number = isInteger || DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw problem(field, 'must be a valid number');
  return isInteger ? number : PyFloat.of(number);
}

/** Anything that says neither yes nor no passes unchanged, as recorded (trace nodes/start-types). */
function checkbox(value: unknown): unknown {
  const number = typeof value === 'boolean' ? undefined : numberOf(value);
  if (number === 1 || number === 0) return number === 1;
  if (typeof value !== 'string') return value;
  const word = value.trim().toLowerCase();
  if (TRUE_WORDS.has(word)) return true;
  return FALSE_WORDS.has(word) ? false : value;
}

function checkFileList(field: StartVariable, value: unknown): unknown {
  if (!Array.isArray(value) || !value.every(isFileEntry)) throw problem(field, 'must be a list of files');
  const most = field.max_length ?? 0;
  if (most > 0 && value.length > most) throw problem(field, `must be less than ${most} files`);
  return value;
}

/** A file that was looked up, or one as a client names it. */
function isFileEntry(value: unknown): boolean {
  return value instanceof FileValue || isMap(value);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value) && !(value instanceof PyFloat) && !(value instanceof FileValue);
}

/** Maps are for the types that are made of them. */
function refuseMaps({ variable }: StartVariable, value: unknown): unknown {
  if ([value].flat().some(isFileEntry)) throw new StartFormError(`Invalid input type for ['${variable}']`, variable);
  return value;
}

/** Texts without NUL and lone surrogates, also inside lists and maps. What is clean is returned as it is. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), cleaned(item)]));
}
