import type { Operation, Schema } from './document.types.js';

const REF = '#/components/schemas/';
const MAX_DEPTH = 8;
const SAMPLES: Readonly<Record<string, unknown>> = { string: 'text', integer: 1, number: 1, boolean: true, null: null };

/**
 * Gives a JSON request body an example that works as it stands: the fields that must be there, and those with an example of
 * their own. The browser would make up a value for every optional field otherwise, ids of nothing among them.
 */
export function addBodyExample(operation: Operation, schemas: Readonly<Record<string, Schema>>): void {
  const media = operation.requestBody?.content['application/json'];
  if (media?.schema) media.example = exampleOf(media.schema, schemas, 0);
}

function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>, depth: number): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const inner =
    schema.$ref === undefined
      ? [schema.allOf, schema.anyOf, schema.oneOf].find((list) => list?.length)?.[0]
      : schemas[schema.$ref.slice(REF.length)];
  if (inner) return depth < MAX_DEPTH ? exampleOf(inner, schemas, depth + 1) : {};
  const [type = 'object'] = [schema.type].flat();
  if (type === 'array') return [];
  if (type !== 'object') return schema.format === 'uuid' ? '018f0000-0000-7000-8000-000000000001' : SAMPLES[type];
  const wanted = Object.entries(schema.properties ?? {}).filter(
    ([name, child]) => schema.required?.includes(name) || child.example !== undefined,
  );
  return Object.fromEntries(wanted.map(([name, child]) => [name, exampleOf(child, schemas, depth + 1)]));
}
