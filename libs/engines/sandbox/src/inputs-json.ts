import { pythonJson } from '#common';
import type { CodeLanguage } from './code-sandbox.port.js';
import { CodeFailure, limitFailure } from './sandbox.errors.js';

/** Inputs as the JSON that the language reads: Python keeps floats apart from integers. Throws `CodeFailure` for what is no JSON, or too long. */
export function inputsAsJson(language: CodeLanguage, inputs: Readonly<Record<string, unknown>>, longest: number): string {
  const text = toJson(language, inputs);
  if (text.length > longest) throw limitFailure('inputsLength', longest);
  return text;
}

function toJson(language: CodeLanguage, inputs: Readonly<Record<string, unknown>>): string {
  try {
    if (language === 'python3') return pythonJson(inputs);
    return JSON.stringify(inputs, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
  } catch (cause) {
    throw new CodeFailure({ reason: 'request', message: `The inputs can't be passed to the code: ${(cause as Error).message}`, cause });
  }
}
