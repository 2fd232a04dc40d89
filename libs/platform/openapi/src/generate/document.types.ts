/** A JSON schema, as far as it is looked at here. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  example?: unknown;
  default?: unknown;
  format?: string;
  description?: string;
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  [other: string]: unknown;
}

/** What a request or an answer is made of, by media type. */
export type Content = Record<string, { schema?: Schema; example?: unknown }>;

/** One answer of an operation. */
export interface Answer {
  description: string;
  content?: Content;
}

/** A parameter in path, query or header. */
export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
  [other: string]: unknown;
}

/** One method of a path. */
export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, Answer>;
  security?: Record<string, string[]>[];
}

/** An API document. */
export interface ApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  servers?: { url: string }[];
  tags?: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes?: Record<string, unknown> };
}
