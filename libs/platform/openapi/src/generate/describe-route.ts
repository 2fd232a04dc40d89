import { STATUS_CODES } from 'node:http';
import { type Access, isIdempotent, MAX_IDEMPOTENCY_KEY, type RouteHandler } from '#platform/http';
import { eventNameOf, type FormPart, routeFactsOf, type SchemaClass } from '../api.decorators.js';
import type { Operation, Parameter, Schema } from './document.types.js';
import { ERROR_SCHEMA } from './error-schema.js';

const IDEMPOTENCY_HEADER: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  // Not `example`, which the page fills in: the second question tried there would be refused.
  description:
    'A key of your own for this request. A request with a key that was used in the last 24 hours gets the run of then; with another body it is 422.',
  schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY, examples: ['order-4711-question-1'] },
};

const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** Adds to a generated operation what types and comments don't say: access, errors, streams, forms, bytes, formats of path ids. */
export function describeRoute(operation: Operation, route: RouteHandler): void {
  const facts = routeFactsOf(route.handlerFunction);
  operation.operationId = `${route.controller.replace(/Controller$/, '')}_${route.handler}`;
  operation.security = securityOf(route.access);
  for (const parameter of operation.parameters ?? [])
    if (route.uuidParams.includes(parameter.name)) parameter.schema = { type: 'string', format: 'uuid' };
  if (isIdempotent(route.handlerFunction)) operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_HEADER];
  if (facts.form) operation.requestBody = { required: true, content: { 'multipart/form-data': { schema: formSchema(facts.form) } } };
  if (facts.binary) describeBinary(operation, facts.binary);
  if (facts.events) describeStream(operation, facts.events);
  for (const [status, type] of Object.entries(facts.answers ?? {}))
    operation.responses[status] = { description: describe(Number(status)), content: { 'application/json': { schema: refTo(type.name) } } };
  // The generator repeats the operation's own remarks here.
  for (const [status, answer] of Object.entries(operation.responses))
    if (answer.description === '' || answer.description === operation.description) answer.description = describe(Number(status));
  for (const status of errorStatuses(operation, route, facts.errors ?? [])) operation.responses[status] ??= errorAnswer(describe(status));
  // A path parameter that can't be read (no UUID, `%zz`, `%00`, too long), and an unknown page of ours, are answered as an unknown path is.
  const notFound = operation.responses['404']?.content;
  if (notFound && (hasPathParameter(operation) || route.audience === 'root')) notFound['text/html'] = { schema: { type: 'string' } };
  operation.responses.default = errorAnswer('Any other error');
}

/** Classes that no return type names. */
export function extraModelsOf(routes: readonly RouteHandler[]): SchemaClass[] {
  const facts = routes.map((route) => routeFactsOf(route.handlerFunction));
  return [...new Set(facts.flatMap(({ events = [], answers = {} }) => [...events, ...Object.values(answers)]))];
}

/** Gives the schema of a frame class the value of its `event` field. */
export function nameEvents(schemas: Record<string, Schema>, models: readonly SchemaClass[]): void {
  for (const model of models) {
    const name = eventNameOf(model);
    const schema = schemas[model.name];
    if (name === null || !schema) continue;
    schema.properties = { ...schema.properties, event: { type: 'string', enum: [name], description: 'Kind of the frame.' } };
    schema.required = [...new Set(['event', ...(schema.required ?? [])])];
  }
}

const describe = (status: number): string => STATUS_CODES[status] ?? 'Answer';

const errorAnswer = (description: string) => ({ description, content: { 'application/json': { schema: refTo(ERROR_SCHEMA) } } });

const hasPathParameter = ({ parameters = [] }: Operation): boolean => parameters.some((one) => one.in === 'path');

function errorStatuses(operation: Operation, route: RouteHandler, declared: readonly number[]): number[] {
  const statuses = new Set(declared);
  if (operation.requestBody || operation.parameters?.some(({ in: place }) => place === 'query')) statuses.add(400);
  if (operation.requestBody) statuses.add(415);
  if (route.access?.scheme !== 'public') statuses.add(401);
  if (route.access && 'role' in route.access.options && route.access.options.role !== 'any') statuses.add(403);
  if (hasPathParameter(operation)) statuses.add(404);
  return [...statuses].sort((a, b) => a - b);
}

function describeBinary(operation: Operation, types: readonly string[]): void {
  const content = Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
  operation.responses['200'] = { description: 'The bytes', content };
}

function describeStream(operation: Operation, events: readonly SchemaClass[]): void {
  const mapping = Object.fromEntries(events.map((event) => [eventNameOf(event) ?? event.name, `#/components/schemas/${event.name}`]));
  const schema: Schema = { oneOf: events.map(({ name }) => refTo(name)), discriminator: { propertyName: 'event', mapping } };
  const success = (operation.responses['200'] ??= { description: 'OK' });
  const json = Object.entries(success.content ?? {}).filter(
    ([, { schema: body }]) => body !== undefined && (body.$ref !== undefined || body.properties !== undefined || body.type !== 'object'),
  );
  success.content = { ...Object.fromEntries(json), 'text/event-stream': { schema } };
}

function formSchema(parts: readonly FormPart[]): Schema {
  const properties = Object.fromEntries(
    parts.map(({ name, kind, description }) => [
      name,
      { type: 'string', ...(kind === 'file' && { format: 'binary' }), ...(description !== undefined && { description }) },
    ]),
  );
  return {
    type: 'object',
    properties,
    required: parts.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function securityOf(access: Access | null): Record<string, string[]>[] {
  switch (access?.scheme) {
    case 'console':
    case 'installed-app':
      return access.options.csrf ? [{ session: [], csrf: [] }] : [{ session: [] }];
    case 'app-key':
      return [{ appKey: [] }];
    case 'dataset-key':
      return [{ datasetKey: [] }];
    case 'admin-key':
      return [{ adminKey: [] }];
    case 'passport':
      return [{ passport: [] }];
    case 'inner':
      return [{ innerKey: [] }];
    case 'public':
    case undefined:
      return [];
  }
}

/** The ways to say who one is, by the names that operations use. */
export const securitySchemes: Readonly<Record<string, object>> = {
  session: { type: 'apiKey', in: 'cookie', name: 'access_token', description: 'Set by POST /console/api/login.' },
  csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token', description: 'The value of the csrf_token cookie.' },
  appKey: { type: 'http', scheme: 'bearer', bearerFormat: 'app-...', description: "An app's API key." },
  datasetKey: { type: 'http', scheme: 'bearer', bearerFormat: 'dataset-...', description: "A workspace's knowledge API key." },
  adminKey: { type: 'http', scheme: 'bearer', description: 'ADMIN_API_KEY of the installation, where ADMIN_API_KEY_ENABLE is on.' },
  passport: { type: 'http', scheme: 'bearer', description: 'The passport of a published web app.' },
  innerKey: { type: 'apiKey', in: 'header', name: 'X-Inner-Api-Key' },
};
