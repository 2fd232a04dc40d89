import { isDeeperThan, isJsonObject, type Json, parsePythonJson, PyFloat, type PythonJson, pythonJson } from '#common';
import type { CodeResult } from './code-sandbox.port.js';
import type { SandboxLimits } from './sandbox-limits.js';
import { CodeFailure, limitFailure } from './sandbox.errors.js';

const SCIENTIFIC = /^-?\d+\.?\d*[eE][+-]\d+$/;
const MAY_HOLD_SCIENTIFIC = /"-?\d+\.?\d*[eE][+-]\d+"/;

/** Makes a result of the JSON text that a run gave, or fails by what is wrong with it. */
export function readResult(json: string, stdout: string, limits: Pick<SandboxLimits, 'resultLength' | 'resultDepth'>): CodeResult {
  if (json.length > limits.resultLength) throw limitFailure('resultLength', limits.resultLength, { stdout });
  const text = MAY_HOLD_SCIENTIFIC.test(json) ? withNumbers(json, stdout) : json;
  const value = attempt(() => JSON.parse(text) as Json, stdout);
  if (isDeeperThan(value, limits.resultDepth)) throw limitFailure('resultDepth', limits.resultDepth, { stdout });
  return { json: text, value, stdout };
}

/** Texts that are numbers in scientific notation come back as floats (contract workflow-engine 7.10). */
function withNumbers(json: string, stdout: string): string {
  return pythonJson(attempt(() => numbersIn(parsePythonJson(json, { bigIntegers: true })), stdout));
}

function numbersIn(value: PythonJson): PythonJson {
  if (typeof value === 'string') return SCIENTIFIC.test(value) && Number.isFinite(Number(value)) ? new PyFloat(Number(value)) : value;
  if (Array.isArray(value)) return value.map(numbersIn);
  if (!isJsonObject(value) || value instanceof PyFloat) return value;
  return Object.fromEntries(Object.entries(value as Record<string, PythonJson>).map(([key, item]) => [key, numbersIn(item)]));
}

function attempt<T>(read: () => T, stdout: string): T {
  try {
    return read();
  } catch (cause) {
    throw new CodeFailure({ reason: 'result', message: `main returned what is not JSON: ${(cause as Error).message}`, stdout, cause });
  }
}
