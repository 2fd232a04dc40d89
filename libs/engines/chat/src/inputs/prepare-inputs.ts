import { isDeeperThan, isJsonObject, storableText } from '#common';
import type { Json, JsonObject } from '#common';
import { InputFormError } from '../chat.errors.js';
import { own } from '../config/values.js';
import { cleanJson } from './clean-json.js';
import { checkValue } from './input-rules.js';
import type { InputVariable } from './input-variable.js';

const MAX_DEPTH = 200;

/** Inputs of a run by variable name; values of `file` and `file-list` are the client's file entries. Own keys only. */
export type Inputs = Readonly<Record<string, Json>>;

export interface PrepareInputsOptions {
  /**
   * Whether an optional field that was left empty takes its default. Default false: recorded chat and completion apps store null
   * (traces service/messages); graph apps do take it.
   */
  applyDefaults?: boolean;
}

/**
 * Checks what a client sent against the form (contract service-and-web-api 6): declared variables only, each of its type, texts
 * without NUL and lone surrogates. Throws `InputFormError` for the first variable, in the order of the form, that does not fit.
 */
export function prepareInputs(form: readonly InputVariable[], raw: JsonObject, options: PrepareInputsOptions = {}): Inputs {
  const entries: [string, Json][] = [];
  for (const variable of form) {
    const value = valueOf(variable, raw, options.applyDefaults ?? false);
    if (value === null && variable.type === 'external_data_tool') continue;
    entries.push([variable.name, value === null ? null : checkValue(variable, cleaned(value, variable))]);
  }
  return Object.fromEntries(entries);
}

/** The query of a run as it is stored and sent: without NUL and lone surrogates. */
export function prepareQuery(query: string): string {
  return storableText(query);
}

function valueOf(variable: InputVariable, raw: JsonObject, applyDefaults: boolean): unknown {
  const sent = own(raw, variable.name) ?? null;
  const isFile = variable.type === 'file' || variable.type === 'file-list';
  if (sent !== null && !(isFile && sent === '' && !variable.required)) return sent;
  if (variable.required && variable.type !== 'external_data_tool') {
    throw new InputFormError(`${variable.name} is required in input form`, variable.name);
  }
  return applyDefaults && sent === null ? (variable.default ?? null) : null;
}

function cleaned(value: unknown, variable: InputVariable): Json {
  if (typeof value === 'string') return storableText(value);
  if (typeof value === 'object' && isDeeperThan(value, MAX_DEPTH)) {
    throw new InputFormError(`${variable.name} in input form nests deeper than ${MAX_DEPTH} levels`, variable.name);
  }
  const isObject = isJsonObject(value);
  const isObjectList = Array.isArray(value) && value.some(isJsonObject);
  const takesObjects = variable.type === 'file' || variable.type === 'file-list' || variable.type === 'json_object';
  if ((isObject || isObjectList) && !takesObjects) throw new InputFormError(`Invalid input type for ['${variable.name}']`, variable.name);
  return cleanJson(value);
}
