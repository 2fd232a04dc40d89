import { InvokeBadRequestError } from '../model-runtime.errors.js';
import type { ModelParameters } from '../types/llm.js';
import type { ParameterRule } from '../types/model-schema.js';

/**
 * Checks parameters against a model's rules: numbers and booleans written as text are read, bounds and options are kept to, the default of a
 * required rule fills a gap, what no rule names is left out. Throws InvokeBadRequestError naming the parameter.
 */
export function coerceParameters(rules: readonly ParameterRule[], parameters: ModelParameters): ModelParameters {
  const coerced: ModelParameters = {};
  for (const rule of rules) {
    const value = parameters[rule.name] ?? (rule.useTemplate === null ? undefined : parameters[rule.useTemplate]);
    if (value !== undefined && value !== null && value !== '') coerced[rule.name] = coerce(rule, value);
    else if (rule.required && rule.default !== null) coerced[rule.name] = rule.default;
    else if (rule.required) throw new InvokeBadRequestError({ message: `Model parameter ${rule.name} is required.` });
  }
  return coerced;
}

function coerce(rule: ParameterRule, value: unknown): number | string | boolean {
  switch (rule.type) {
    case 'int':
    case 'float':
      return withinBounds(rule, toNumber(rule, value));
    case 'boolean':
      return toBoolean(rule, value);
    case 'string':
    case 'text':
      return withinOptions(rule, typeof value === 'string' ? value : JSON.stringify(value));
  }
}

function toNumber(rule: ParameterRule, value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw wrong(rule, `should be a number, not ${JSON.stringify(value)}`);
  if (rule.type === 'int') {
    if (!Number.isInteger(number)) throw wrong(rule, 'should be a whole number');
    return number;
  }
  return rule.precision === null ? number : Number(number.toFixed(Math.min(rule.precision, 20)));
}

function withinBounds(rule: ParameterRule, value: number): number {
  if (rule.min !== null && value < rule.min) throw wrong(rule, `should be ${String(rule.min)} or more, not ${String(value)}`);
  if (rule.max !== null && value > rule.max) throw wrong(rule, `should be ${String(rule.max)} or less, not ${String(value)}`);
  return value;
}

function toBoolean(rule: ParameterRule, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value);
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw wrong(rule, 'should be true or false');
}

function withinOptions(rule: ParameterRule, value: string): string {
  if (rule.options.length > 0 && !rule.options.includes(value)) throw wrong(rule, `should be one of ${rule.options.join(', ')}`);
  return value;
}

function wrong(rule: ParameterRule, what: string): InvokeBadRequestError {
  return new InvokeBadRequestError({ message: `Model parameter ${rule.name} ${what}.` });
}
