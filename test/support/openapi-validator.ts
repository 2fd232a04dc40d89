import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Schema {
  $ref?: string;
  format?: string;
  discriminator?: { propertyName: string; mapping: Record<string, string> };
}
type Content = Record<string, { schema?: Schema }>;
interface Operation {
  responses: Record<string, { content?: Content }>;
}
interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

const DOCUMENTS = join(import.meta.dirname, '../../docs/openapi');

/** Checks answers and stream frames against a committed API document. Every check returns what is wrong; nothing = fine. */
export class OpenApiValidator {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, discriminator: false });
  private readonly compiled = new Map<string, ValidateFunction>();
  /** Words win over parameters. */
  private readonly paths: readonly { pattern: RegExp; operations: Record<string, Operation> }[];

  constructor(document: ApiDocument) {
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.ajv);
    this.ajv.addFormat('binary', true);
    this.ajv.addSchema({ $id: 'doc:', components: document.components });
    const parameters = (template: string): number => template.split('{').length;
    this.paths = Object.entries(document.paths)
      .sort(([a], [b]) => parameters(a) - parameters(b) || b.length - a.length)
      .map(([template, operations]) => ({ pattern: patternOf(template), operations }));
  }

  /** Whether the document has such a route. */
  has(method: string, path: string): boolean {
    return this.operation(method, path) !== undefined;
  }

  /** Checks an answer: its status, media type and body. A parsed JSON body, or text for other types. */
  response(method: string, path: string, status: number, contentType: string | null, body: unknown): string[] {
    const operation = this.operation(method, path);
    if (!operation) return [`${method} ${path} is in no document`];
    const answer = operation.responses[String(status)] ?? (status >= 400 ? operation.responses.default : undefined);
    if (!answer) return [`${method} ${path} may not answer ${status}`];
    if (!answer.content) return body === undefined || body === null || body === '' ? [] : [`${status} has no body`];
    const media = (contentType ?? '').split(';')[0]?.trim() ?? '';
    const schema = (answer.content[media] ?? answer.content[media.replace(/\/.*/, '/*')] ?? answer.content['*/*'])?.schema;
    if (schema === undefined) return [`${status} is ${Object.keys(answer.content).join(' or ')}, not ${media || 'without a type'}`];
    return media === 'application/json' && schema.format !== 'binary' ? this.check(schema, body) : [];
  }

  /** Checks one parsed frame of an event stream. */
  frame(method: string, path: string, frame: unknown): string[] {
    const schema = this.operation(method, path)?.responses['200']?.content?.['text/event-stream']?.schema;
    if (!schema?.discriminator) return [`${method} ${path} is no event stream`];
    const { propertyName, mapping } = schema.discriminator;
    const event = (frame as Record<string, unknown> | null)?.[propertyName];
    const ref = typeof event === 'string' && Object.hasOwn(mapping, event) ? mapping[event] : undefined;
    return ref === undefined
      ? [`the stream has no event ${JSON.stringify(event)}; it has ${Object.keys(mapping).join(', ')}`]
      : this.check({ $ref: ref }, frame);
  }

  /** The operation of a path, its parameters filled in. */
  private operation(method: string, path: string): Operation | undefined {
    const bare = path.split('?')[0] ?? '';
    const name = method.toLowerCase();
    return this.paths.find(({ pattern, operations }) => operations[name] !== undefined && pattern.test(bare))?.operations[name];
  }

  private check(schema: Schema, value: unknown): string[] {
    const key = JSON.stringify(schema);
    let validate = this.compiled.get(key);
    if (!validate)
      this.compiled.set(key, (validate = this.ajv.compile(JSON.parse(key.replaceAll('"#/components/', '"doc:#/components/')) as object)));
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }
}

const loaded = new Map<string, OpenApiValidator>();

/** The validator of an audience's committed document: `console`, `service`, `files`, `root`. An audience without one has no routes. */
export function loadValidator(audience: string): OpenApiValidator {
  let validator = loaded.get(audience);
  if (!validator) {
    const file = join(DOCUMENTS, `${audience}.json`);
    const document = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ApiDocument) : { paths: {}, components: {} };
    loaded.set(audience, (validator = new OpenApiValidator(document)));
  }
  return validator;
}

/** A template as a pattern; an id of a provider may stand in a path with its slashes raw. */
function patternOf(template: string): RegExp {
  const source = template
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{provider\}/g, '[^/]+(?:/[^/]+){0,2}')
    .replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${source}$`);
}

/** Data frames of an event stream's text, parsed; pings and ids are left out. */
export function framesOf(text: string): Record<string, unknown>[] {
  return text
    .split('\n\n')
    .flatMap((frame) => frame.split('\n').filter((line) => line.startsWith('data: ')))
    .map((line) => JSON.parse(line.slice(6)) as Record<string, unknown>);
}
