import { isJsonObject } from '#common';
import type { Json } from '#common';
import { InputFormError } from '../chat.errors.js';
import type { InputVariable } from './input-variable.js';

const TRUE_WORDS = new Set(['true', '1', 'yes', 'on']);
const FALSE_WORDS = new Set(['false', '0', 'no', 'off']);
const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Applies the rule of a variable's type to a value that is there; returns it converted. Throws `InputFormError`. */
export function checkValue(variable: InputVariable, value: Json): Json {
  switch (variable.type) {
    case 'text-input':
    case 'paragraph':
      return checkText(variable, value);
    case 'select':
      return checkSelect(variable, value);
    case 'external_data_tool':
      return requireText(variable, value);
    case 'number':
      return checkNumber(variable, value);
    case 'checkbox':
      return checkbox(value);
    case 'file':
      if (!isJsonObject(value)) throw problem(variable, 'must be a file');
      return value;
    case 'file-list':
      return checkFileList(variable, value);
    case 'json_object':
      return checkObject(variable, value);
  }
}

function problem(variable: InputVariable, text: string): InputFormError {
  return new InputFormError(`${variable.name} in input form ${text}`, variable.name);
}

function requireText(variable: InputVariable, value: Json): string {
  if (typeof value === 'string') return value;
  throw new InputFormError(`(type '${variable.type}') ${variable.name} in input form must be a string`, variable.name);
}

function checkText(variable: InputVariable, value: Json): string {
  const text = requireText(variable, value);
  if (variable.maxLength !== null && isLongerThan(text, variable.maxLength)) {
    throw problem(variable, `must be less than ${variable.maxLength} characters`);
  }
  return text;
}

/** Counts characters, not UTF-16 units, and no further than needed. */
function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  if (text.length > limit * 2) return true;
  return Array.from(text).length > limit;
}

function checkSelect(variable: InputVariable, value: Json): string {
  const text = requireText(variable, value);
  if (!variable.options.includes(text)) throw problem(variable, `must be one of the following: ${JSON.stringify(variable.options)}`);
  return text;
}

function checkNumber(variable: InputVariable, value: Json): Json {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') throw problem(variable, `expected value type int, float or str, got ${kindOf(value)}`);
  const text = value.trim();
  if (text === '') return null;
  const number = INTEGER.test(text) || DECIMAL.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(number)) throw problem(variable, 'must be a valid number');
  return number;
}

/** Anything that says neither yes nor no passes unchanged, as recorded (traces nodes/start-types). */
function checkbox(value: Json): Json {
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string') return value;
  const word = value.trim().toLowerCase();
  if (TRUE_WORDS.has(word)) return true;
  return FALSE_WORDS.has(word) ? false : value;
}

function checkFileList(variable: InputVariable, value: Json): Json {
  if (!Array.isArray(value) || !value.every(isJsonObject)) throw problem(variable, 'must be a list of files');
  if (variable.maxLength !== null && value.length > variable.maxLength)
    throw problem(variable, `must be less than ${variable.maxLength} files`);
  return value;
}

function checkObject(variable: InputVariable, value: Json): Json {
  if (isJsonObject(value)) return value;
  const isBlank = value === '' || value === false || value === 0 || (Array.isArray(value) && value.length === 0);
  if (isBlank) return null;
  throw problem(variable, 'must be a dict');
}

function kindOf(value: Json): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : 'object';
}
