import { PyFloat, pythonJson, type PythonJson } from '#common';

/** JSON without blanks, as it is sent; floats stay floats, large integers whole. */
export function compactJson(value: PythonJson): string {
  if (Array.isArray(value)) return `[${value.map(compactJson).join(',')}]`;
  if (typeof value !== 'object' || value === null || value instanceof PyFloat) return pythonJson(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${compactJson(item)}`)
    .join(',')}}`;
}
