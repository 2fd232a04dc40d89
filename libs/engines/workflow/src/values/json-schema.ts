import { Ajv, type ValidateFunction } from 'ajv';

const compiled = new WeakMap<object, ValidateFunction | Error>();

/** What is wrong with a value by a JSON Schema (draft 7); undefined when nothing is. A schema that is none is told as the problem. */
export function validateJson(schema: Record<string, unknown>, value: unknown): string | undefined {
  const validate = compile(schema);
  if (validate instanceof Error) return `the schema itself is invalid: ${validate.message}`;
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath === '' ? 'the value' : String(error?.instancePath)} ${String(error?.message)}`;
}

function compile(schema: Record<string, unknown>): ValidateFunction | Error {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  let result: ValidateFunction | Error;
  try {
    result = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  } catch (error) {
    result = error instanceof Error ? error : new Error(String(error));
  }
  compiled.set(schema, result);
  return result;
}
