import { type Audience, surfaceOf } from '#platform/http';
import { securitySchemes } from './describe-route.js';
import type { ApiDocument, Operation, Schema } from './document.types.js';

const TITLES: Partial<Record<Audience, string>> = {
  console: 'Console API',
  service: 'Service API',
  web: 'Web app API',
  files: 'Files',
  root: 'Process',
  inner: 'Inner API',
  mcp: 'MCP',
  triggers: 'Triggers',
};
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** One document an audience that has routes, each with just the schemas that its routes use, sorted. */
export function splitByAudience(full: ApiDocument, version: string): Map<Audience, ApiDocument> {
  const documents = new Map<Audience, ApiDocument>();
  for (const path of Object.keys(full.paths).sort()) {
    const { audience } = surfaceOf(path);
    let document = documents.get(audience);
    if (!document) documents.set(audience, (document = emptyDocument(full, audience, version)));
    document.paths[path] = inMethodOrder(full.paths[path] ?? {});
  }
  for (const document of documents.values()) fillComponents(document, full.components.schemas);
  return documents;
}

function emptyDocument(full: ApiDocument, audience: Audience, version: string): ApiDocument {
  const info = { title: `Baya: ${TITLES[audience] ?? audience}`, version, description: "Speaks Dify's API of this version." };
  return { openapi: full.openapi, info, paths: {}, components: { schemas: {} } };
}

const inMethodOrder = (item: Record<string, Operation>): Record<string, Operation> =>
  Object.fromEntries(METHODS.flatMap((method) => (item[method] ? [[method, item[method]]] : [])));

function fillComponents(document: ApiDocument, all: Readonly<Record<string, Schema>>): void {
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(all[name] ?? {});
    }
  };
  visit(document.paths);
  document.components.schemas = Object.fromEntries([...used].sort().map((name) => [name, all[name] ?? {}]));
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  const schemes = new Set(operations.flatMap(({ security = [] }) => security.flatMap((entry) => Object.keys(entry))));
  if (schemes.size > 0)
    document.components.securitySchemes = Object.fromEntries([...schemes].sort().map((name) => [name, securitySchemes[name]]));
  document.tags = [...new Set(operations.flatMap(({ tags = [] }) => tags))].sort().map((name) => ({ name }));
}
