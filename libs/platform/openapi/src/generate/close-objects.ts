import { freeFormFields } from '../free-form-fields.js';
import type { Schema } from './document.types.js';

const COMBINATORS = ['oneOf', 'anyOf', 'allOf'] as const;

/** Closes every object below a schema, except the named free-form fields. Returns where an object of unknown shape stands that is not named. */
export function closeObjects(schema: Schema, where: string): string[] {
  if (schema.$ref !== undefined) return [];
  const nested = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, child]) => closeProperty(child, name, `${where}.${name}`)),
    ...(schema.items ? closeObjects(schema.items, `${where}[]`) : []),
    ...(typeof schema.additionalProperties === 'object' ? closeObjects(schema.additionalProperties, `${where}{}`) : []),
    ...COMBINATORS.flatMap((key) => (schema[key] ?? []).flatMap((child) => closeObjects(child, where))),
  ];
  if (!isObject(schema) || typeof schema.additionalProperties === 'object') return nested;
  if (schema.properties === undefined && schema.additionalProperties !== false) return [...nested, where];
  schema.additionalProperties = false;
  return nested;
}

/** A free-form field takes any object where it is declared as a record, and any JSON where it is declared as `unknown`. */
function closeProperty(schema: Schema, name: string, where: string): string[] {
  if (!freeFormFields.has(name)) return closeObjects(schema, where);
  const target = schema.items && !isObject(schema) ? schema.items : schema;
  if (target.properties !== undefined) return closeObjects(schema, where);
  openUp(target);
  return [];
}

function openUp(schema: Schema): void {
  if (isObject(schema) && schema.$ref === undefined && schema.additionalProperties === undefined) delete schema.type;
}

const isObject = (schema: Schema): boolean => [schema.type].flat().includes('object');
