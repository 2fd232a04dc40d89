import { pathParameters } from '../path-parameters.js';
import type { ApiDocument, Parameter, Schema } from './document.types.js';

const UUID = '018f0000-0000-7000-8000-000000000001';
const NAMES_OF_IDS = /^id$|_id$|_by$/;

/**
 * Gives fields and parameters the examples that their name or type tells (ids, times, switches). Returns what is still without
 * a description or an example: those come from the doc comment of the field.
 */
export function addExamples(document: ApiDocument): string[] {
  const { schemas } = document.components;
  return [
    ...Object.entries(schemas).flatMap(([name, schema]) => fieldsOf(schema, name)),
    ...Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { parameters = [] }]) =>
        parameters.flatMap((parameter) => describeParameter(parameter, `${method.toUpperCase()} ${path}`)),
      ),
    ),
  ];
}

function fieldsOf(schema: Schema, where: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const problems = field.description ? [] : [`${where}.${name}: a doc comment is missing`];
    return [...problems, ...addExample(field, name, `${where}.${name}`)];
  });
}

function describeParameter(parameter: Parameter, where: string): string[] {
  const { name, schema = {} } = parameter;
  const known = parameter.in === 'path' ? pathParameters[name] : undefined;
  if (known) {
    parameter.description ??= known.description;
    schema.example ??= known.example ?? UUID;
  }
  if (!parameter.description)
    return [
      `${where}, ${name}: say what it is, in libs/platform/openapi/src/path-parameters.ts or in the doc comment of the query's field`,
    ];
  return addExample(schema, name, `${where}, ${name}`);
}

function addExample(schema: Schema, name: string, where: string): string[] {
  if (!needsExample(schema)) return [];
  const types = [schema.type].flat();
  if (types.includes('boolean')) schema.example = true;
  else if (name.endsWith('_at') && !types.includes('string')) schema.example = 1_795_678_200;
  else if (schema.format === 'uuid' || NAMES_OF_IDS.test(name)) schema.example = UUID;
  else return [`${where}: write an @example into its doc comment`];
  return [];
}

/** Lists and objects show what they are made of; words of a fixed list and defaults stand for themselves. */
function needsExample(schema: Schema): boolean {
  const types = [schema.type].flat().filter((type) => type !== undefined && type !== 'null');
  const isOther = ['$ref', 'enum', 'example', 'examples', 'default', 'oneOf', 'anyOf', 'allOf'].some((key) => schema[key] !== undefined);
  return !isOther && types.length > 0 && !types.includes('object') && !types.includes('array');
}
