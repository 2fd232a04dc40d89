import { pythonRepr, pythonStr } from '#common';
import { ToolParameterError } from '../tools.errors.js';
import type { ToolParameter } from '../types/tool-parameter.js';
import { castParameter } from './cast-parameter.js';

/** What decides about a value that a person filled in. */
export type FormRule = Pick<ToolParameter, 'name' | 'type' | 'required' | 'default'> & Partial<Pick<ToolParameter, 'options'>>;

/**
 * The value of a parameter that was filled in before the run: what is empty takes the default (contract models-agents-tools 9.3). Throws `ToolParameterError` when a
 * required one stays empty, or a select has a value that it does not offer.
 */
export function formValue(rule: FormRule, filledIn: unknown): unknown {
  const value = isEmpty(filledIn) ? (rule.default ?? null) : filledIn;
  if (isEmpty(value)) {
    if (rule.required) throw new ToolParameterError(`tool parameter ${rule.name} not found in tool config`);
    return value === null ? null : castParameter(rule.type, value);
  }
  const options = rule.options ?? [];
  if (rule.type === 'select' && options.length > 0 && !options.some((option) => option.value === value))
    throw new ToolParameterError(
      `tool parameter ${rule.name} value ${pythonStr(value)} not in options ${pythonRepr(options.map((option) => option.value))}`,
    );
  return castParameter(rule.type, value);
}

/** Whether a value says nothing; a zero does say something. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0;
}
