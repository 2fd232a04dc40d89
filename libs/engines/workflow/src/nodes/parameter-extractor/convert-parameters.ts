import { isJsonObject, PyFloat } from '#common';
import { Segment, segmentAs } from '../../values/segment.js';
import type { ParameterType, WantedParameter } from './extractor-settings.js';

/** Parameters as they are put out, and what is wrong with what the model found. */
export interface Converted {
  readonly values: Record<string, unknown>;
  /** Null: nothing. */
  readonly problem: string | null;
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** Brings what a model found into the declared types; what is absent or does not fit becomes the zero value (contract workflow-engine 7.21). */
export function convertParameters(parameters: readonly WantedParameter[], found: Readonly<Record<string, unknown>>): Converted {
  const values: Record<string, unknown> = {};
  let problem: string | null = null;
  for (const parameter of parameters) {
    const { name, type, required } = parameter;
    const raw = Object.hasOwn(found, name) ? found[name] : null;
    const isAbsent = raw === null || raw === undefined;
    const value = isAbsent ? undefined : convert(type, raw);
    values[name] = value === undefined ? zero(type) : typed(type, value);
    if (isAbsent && required) problem ??= `Parameter ${name} is required, but was not found.`;
    else if (!isAbsent && value === undefined) problem ??= `Parameter ${name} was found, but is no ${type}.`;
    else if (typeof value === 'string' && parameter.options !== null && !parameter.options.includes(value))
      problem ??= `Parameter ${name} was found, but is none of ${parameter.options.join(', ')}.`;
  }
  return { values, problem };
}

/** The value as its type; undefined when it can't be that. */
function convert(type: ParameterType, raw: unknown): unknown {
  switch (type) {
    case 'string':
      return typeof raw === 'string' ? raw : undefined;
    case 'number':
      return toNumber(raw);
    case 'boolean':
      return toBoolean(raw);
    case 'array[string]':
      return listOf(raw, (item) => (typeof item === 'string' ? item : undefined));
    case 'array[number]':
      return listOf(raw, toNumber);
    case 'array[boolean]':
      return listOf(raw, toBoolean);
    case 'array[object]':
      return listOf(raw, (item) => (isJsonObject(item) && !(item instanceof PyFloat) ? item : undefined));
  }
}

function toNumber(raw: unknown): number | PyFloat | undefined {
  if (typeof raw === 'number' || raw instanceof PyFloat) return raw;
  if (typeof raw !== 'string' || !NUMBER.test(raw)) return undefined;
  const value = Number(raw);
  if (!Number.isFinite(value)) return undefined;
  return Number.isInteger(value) && /[.e]/i.test(raw) ? new PyFloat(value) : value;
}

function toBoolean(raw: unknown): boolean | undefined {
  if (typeof raw === 'boolean') return raw;
  const word = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** Elements that do not fit are left out. */
function listOf(raw: unknown, element: (item: unknown) => unknown): unknown[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  return raw.map(element).filter((item) => item !== undefined);
}

function zero(type: ParameterType): unknown {
  return type === 'string' ? '' : type === 'number' ? 0 : type === 'boolean' ? false : segmentAs(type, []);
}

/** Lists keep their declared type, also when they are empty. */
function typed(type: ParameterType, value: unknown): unknown {
  return Array.isArray(value) ? new Segment(type, value) : value;
}
