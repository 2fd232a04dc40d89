import { PyFloat, isJsonObject } from '#common';
import { NodeConfigError } from '../nodes/node-type.js';

/** What happens when a node fails (contract workflow-engine 4.5). */
export interface ErrorPolicy {
  /** Attempts after the first one. */
  readonly maxRetries: number;
  /** Milliseconds between two attempts. */
  readonly retryInterval: number;
  /** `null`: the run fails. */
  readonly strategy: 'fail-branch' | 'default-value' | null;
  /** Outputs in place of those of the node, for `default-value`. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

const MAX_RETRIES = 10;
const MAX_INTERVAL_MS = 60_000;

/** Reads the fields common to all nodes. Throws `NodeConfigError`. */
export function readErrorPolicy(data: Record<string, unknown>): ErrorPolicy {
  const retry = isJsonObject(data.retry_config) ? data.retry_config : {};
  const strategy = data.error_strategy;
  if (strategy !== undefined && strategy !== null && strategy !== 'none' && strategy !== 'fail-branch' && strategy !== 'default-value')
    throw new NodeConfigError(
      'error_strategy',
      `The error strategy ${JSON.stringify(strategy)} does not exist. Use fail-branch, default-value or none.`,
    );
  return {
    maxRetries: retry.retry_enabled === true ? count(retry.max_retries, MAX_RETRIES) : 0,
    retryInterval: count(retry.retry_interval, MAX_INTERVAL_MS),
    strategy: strategy === 'fail-branch' || strategy === 'default-value' ? strategy : null,
    defaults: strategy === 'default-value' ? readDefaults(data.default_value) : {},
  };
}

function count(value: unknown, most: number): number {
  return typeof value === 'number' && value > 0 ? Math.min(Math.floor(value), most) : 0;
}

function readDefaults(raw: unknown): Record<string, unknown> {
  const defaults: Record<string, unknown> = {};
  if (!Array.isArray(raw)) return defaults;
  raw.forEach((entry: unknown, index) => {
    if (!isJsonObject(entry) || typeof entry.key !== 'string') return;
    const value = coerce(entry.type, entry.value);
    if (value === undefined)
      throw new NodeConfigError(`default_value.${index}.value`, `The default value of ${entry.key} is not a ${String(entry.type)}.`);
    defaults[entry.key] = value;
  });
  return defaults;
}

/** The value as its declared type; undefined when it can't be that. */
function coerce(type: unknown, raw: unknown): unknown {
  if (type === 'string') return typeof raw === 'string' ? raw : undefined;
  const value = typeof raw === 'string' ? parse(type, raw) : raw;
  switch (type) {
    case 'number':
      return typeof value === 'number' || value instanceof PyFloat ? value : undefined;
    case 'object':
      return isJsonObject(value) ? value : undefined;
    case 'array[number]':
      return listOf(value, (item) => typeof item === 'number');
    case 'array[string]':
      return listOf(value, (item) => typeof item === 'string');
    case 'array[object]':
    case 'array[file]':
      return listOf(value, isJsonObject);
    default:
      return value;
  }
}

function listOf(value: unknown, is: (item: unknown) => boolean): unknown {
  return Array.isArray(value) && value.every(is) ? value : undefined;
}

function parse(type: unknown, text: string): unknown {
  if (type === 'number') {
    const value = Number(text);
    return text.trim() === '' || Number.isNaN(value) ? undefined : PyFloat.of(value);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
