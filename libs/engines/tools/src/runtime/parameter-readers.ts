import { PyFloat, pythonStr } from '#common';
import { ToolParameterError } from '../tools.errors.js';
import type { ToolCall } from './builtin-tool.js';

/** A text; "" for what was not given. */
export function textParameter({ parameters }: Pick<ToolCall, 'parameters'>, name: string): string {
  const value = parameters[name];
  return value === undefined || value === null ? '' : pythonStr(value);
}

/** A number. Throws `ToolParameterError` for what is none. */
export function numberParameter({ parameters }: Pick<ToolCall, 'parameters'>, name: string): number {
  const value = parameters[name];
  if (typeof value === 'number') return value;
  if (value instanceof PyFloat) return value.value;
  throw new ToolParameterError(`The parameter ${name} must be a number.`);
}
