import 'reflect-metadata';

/** A class whose fields describe a JSON object. */
export type SchemaClass = abstract new (...args: never[]) => object;

/** What a route says about its answers beyond its return type. */
export interface RouteFacts {
  /** Frames of the stream it answers with. */
  events?: readonly SchemaClass[];
  /** Statuses of errors it answers with, beside those that its access and its body bring. */
  errors?: readonly number[];
  /** Media types of an answer that is no JSON. */
  binary?: readonly string[];
  /** Parts of the multipart form it reads. */
  form?: readonly FormPart[];
  /** Answers of other statuses, such as 202, with their classes. */
  answers?: Readonly<Record<number, SchemaClass>>;
}

/** One part of a multipart form. */
export interface FormPart {
  name: string;
  kind: 'file' | 'text';
  /** Default false. */
  required?: boolean;
  description?: string;
}

const FACTS = 'baya:openapi';
const EVENT = 'baya:openapi-event';
const FIELDS = 'baya:openapi-fields';

/** What a handler says about its answers. */
export const routeFactsOf = (handler: object): RouteFacts => (Reflect.getMetadata(FACTS, handler) as RouteFacts | undefined) ?? {};

const addFacts =
  (facts: RouteFacts): MethodDecorator =>
  (_target, _key, descriptor) => {
    const handler = descriptor.value as object;
    Reflect.defineMetadata(FACTS, { ...routeFactsOf(handler), ...facts }, handler);
  };

/** The route answers with an event stream of these frames (`text/event-stream`), beside the JSON of its return type if it has one. */
export const ApiEventStream = (events: readonly SchemaClass[]): MethodDecorator => addFacts({ events });

/** Names the frame of an event stream by the value of its `event` field. */
export const ApiEvent =
  (name: string): ClassDecorator =>
  (target) =>
    Reflect.defineMetadata(EVENT, name, target);

/** Value of the `event` field of a frame class, or null. */
export const eventNameOf = (type: SchemaClass): string | null => (Reflect.getOwnMetadata(EVENT, type) as string | undefined) ?? null;

/** Statuses of errors the route answers with. 400, 401, 403, 415 and 404 of path ids are added by themselves. */
export const ApiErrors = (...errors: readonly number[]): MethodDecorator => addFacts({ errors });

/** The route answers with bytes of these media types. */
export const ApiBinary = (...binary: readonly string[]): MethodDecorator =>
  addFacts({ binary: binary.length > 0 ? binary : ['application/octet-stream'] });

/** The route reads a multipart form of these parts. */
export const ApiForm = (...form: readonly FormPart[]): MethodDecorator => addFacts({ form });

/** The route answers with another status and body, too: `@ApiAnswers({ 202: AcceptedResponse })`. */
export const ApiAnswers = (answers: Readonly<Record<number, SchemaClass>>): MethodDecorator => addFacts({ answers });

/**
 * Says what the type of a DTO field can't say to the generator, as a JSON schema: a union such as
 * `@ApiField({ type: ['string', 'number', 'null'] })`. Comment, example and whether it is required still come from the field.
 */
export const ApiField =
  (schema: Readonly<Record<string, unknown>>): PropertyDecorator =>
  (target, property) =>
    Reflect.defineMetadata(FIELDS, { ...fieldSchemasOf(target), [String(property)]: schema }, target);

/** JSON schemas of fields by name, of a class's prototype. */
export const fieldSchemasOf = (prototype: object): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  (Reflect.getMetadata(FIELDS, prototype) as Record<string, Record<string, unknown>> | undefined) ?? {};
