import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteInfo } from '#platform/http';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}
interface Parameter {
  name: string;
  in: string;
}
interface DocumentedOperation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface ApiDocument {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema> };
}

/** A field of a body, from the outside in; `0` stands for the first item of a list. */
export type FieldPath = readonly string[];

/** What a route takes, as its API document says. */
export interface Operation {
  /** Names of the query's parameters. */
  query: string[];
  /** Names of headers. */
  headers: string[];
  /** Fields of a JSON body, those within others too; null for a route that reads none. */
  fields: FieldPath[] | null;
  /** Whether it reads a multipart form. */
  readsForm: boolean;
}

const DOCUMENTS = join(import.meta.dirname, '../../../../docs/openapi');
const DEEPEST = 4;
const documents = new Map<string, ApiDocument>();

function documentOf(audience: string): ApiDocument {
  let document = documents.get(audience);
  if (!document) documents.set(audience, (document = JSON.parse(readFileSync(join(DOCUMENTS, `${audience}.json`), 'utf8')) as ApiDocument));
  return document;
}

/** What a route takes. Throws for one that is in no document: run `npm run openapi`. */
export function operationOf(route: RouteInfo): Operation {
  const { paths, components } = documentOf(route.audience);
  const operation = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
  if (!operation) throw new Error(`${route.method} ${route.path} is in no API document: run npm run openapi`);
  const names = (where: string): string[] => (operation.parameters ?? []).filter((one) => one.in === where).map(({ name }) => name);
  const content = operation.requestBody?.content ?? {};
  const json = content['application/json']?.schema;
  return {
    query: names('query'),
    headers: names('header'),
    fields: json ? fieldsOf(json, components.schemas) : null,
    readsForm: 'multipart/form-data' in content,
  };
}

function fieldsOf(schema: Schema, schemas: Record<string, Schema>, depth = 0): FieldPath[] {
  const resolved = schema.$ref === undefined ? schema : schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (resolved === undefined || depth === DEEPEST) return [];
  const within = (name: string, inner: Schema): FieldPath[] => fieldsOf(inner, schemas, depth + 1).map((path) => [name, ...path]);
  const own = Object.entries(resolved.properties ?? {}).flatMap(([name, inner]) => [[name], ...within(name, inner)]);
  const items = resolved.items ? [['0'], ...within('0', resolved.items)] : [];
  const alternatives = [...(resolved.anyOf ?? []), ...(resolved.oneOf ?? []), ...(resolved.allOf ?? [])];
  return [...own, ...items, ...alternatives.flatMap((one) => fieldsOf(one, schemas, depth))];
}
