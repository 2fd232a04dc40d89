import { isJsonObject, parsePythonJson, pythonStr } from '#common';
import { ToolParameterError } from '../tools.errors.js';
import type { ToolParameterType } from '../types/tool-parameter.js';

const TRUE = new Set(['true', 'yes', 'y', '1']);
const FALSE = new Set(['false', 'no', 'n', '0']);

/** The value as its declared type (contract models-agents-tools 9.3). Throws `ToolParameterError` for one that can't be that. */
export function castParameter(type: ToolParameterType, value: unknown): unknown {
  switch (type) {
    case 'string':
    case 'secret-input':
    case 'select':
    case 'checkbox':
    case 'dynamic-select':
      return value === null || value === undefined ? '' : pythonStr(value);
    case 'boolean':
      return booleanOf(value);
    case 'number':
      return numberOf(value);
    case 'files':
    case 'system-files':
      return Array.isArray(value) ? value : [value];
    case 'file':
      return fileOf(value);
    case 'app-selector':
    case 'model-selector':
      if (!isJsonObject(value)) throw wrongType(value, type);
      return value;
    case 'array':
    case 'array[tools]':
      return listOf(value);
    case 'object':
      return objectOf(value);
    case 'any':
      return value;
  }
}

function wrongType(value: unknown, type: ToolParameterType): ToolParameterError {
  return new ToolParameterError(`The tool parameter value ${pythonStr(value)} is not in correct type of ${type}.`);
}

function booleanOf(value: unknown): boolean {
  if (typeof value !== 'string') return Boolean(value);
  const word = value.toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : value !== '';
}

/** A text that is blank is no number and stays away. */
function numberOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return null;
  const number = Number(text);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) || !Number.isFinite(number)) throw wrongType(value, 'number');
  return number;
}

function fileOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (value.length !== 1) throw new ToolParameterError('This parameter only accepts one file but got multiple files while invoking.');
  return value[0] as unknown;
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const parsed = typeof value === 'string' ? parse(value) : undefined;
  return Array.isArray(parsed) ? parsed : [value];
}

function objectOf(value: unknown): Record<string, unknown> {
  if (isJsonObject(value)) return value;
  const parsed = typeof value === 'string' ? parse(value) : undefined;
  return isJsonObject(parsed) ? parsed : {};
}

function parse(text: string): unknown {
  try {
    return parsePythonJson(text);
  } catch {
    return undefined;
  }
}
