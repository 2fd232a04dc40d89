import { isJsonObject } from '#common';
import { NodeFailure } from '../../workflow.errors.js';
import { validateJson } from '../../values/json-schema.js';
import type { StartVariable } from './start-variable.js';

/** Checks what was filled into JSON fields against their schemas (contract workflow-engine 3.6). Throws `NodeFailure`. */
export function checkJsonInputs(variables: readonly StartVariable[], inputs: Readonly<Record<string, unknown>>): void {
  for (const { variable, type, json_schema: raw } of variables) {
    if (type !== 'json_object') continue;
    const value = inputs[variable];
    const schema = readSchema(variable, raw);
    if (schema === undefined || value === undefined || value === null || value === '') continue;
    if (!isJsonObject(value)) throw new NodeFailure(`JSON object for '${variable}' must be an object`, { errorType: 'ValueError' });
    if (Object.keys(value).length === 0) continue;
    const problem = validateJson(schema, value);
    if (problem !== undefined)
      throw new NodeFailure(`JSON object for '${variable}' does not match schema: ${problem}`, { errorType: 'ValueError' });
  }
}

/** The schema, which newer files hold as JSON text. */
function readSchema(variable: string, raw: unknown): Record<string, unknown> | undefined {
  if (raw === undefined || raw === null || raw === '') return undefined;
  if (isJsonObject(raw)) return raw;
  try {
    const parsed: unknown = typeof raw === 'string' ? JSON.parse(raw) : undefined;
    if (isJsonObject(parsed)) return parsed;
  } catch {
    // Told below, together with schemas that are JSON but no object.
  }
  throw new NodeFailure(`The JSON schema of '${variable}' is not a JSON object.`, { errorType: 'ValueError' });
}
