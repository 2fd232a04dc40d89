import { z } from 'zod';
import { readTextTemplate, type TextTemplate } from '../../models/text-template.js';
import type { Selector } from '../../pool/selector.js';
import type { NodeData } from '../node-type.js';
import { selectorSchema } from '../selector-schema.js';
import { isSent, readLine } from './request-lines.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;
const BODY_KINDS = ['none', 'form-data', 'x-www-form-urlencoded', 'raw-text', 'json', 'binary'] as const;
export type BodyKind = (typeof BODY_KINDS)[number];
const AUTHORIZATION_KINDS = ['basic', 'bearer', 'custom'] as const;

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
/** Seconds; null for what is missing, zero or no number: the default holds then. */
const seconds = z
  .unknown()
  .optional()
  .transform((value) => {
    const number = typeof value === 'string' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : null;
  });
const itemSchema = z.object({
  key: text,
  type: z
    .enum(['text', 'file'])
    .nullish()
    .transform((value) => value ?? 'text'),
  value: z
    .unknown()
    .optional()
    .transform((value) => (typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value))),
  file: selectorSchema,
});

const schema = z.object({
  method: z.enum([...METHODS, ...METHODS.map((method) => method.toUpperCase() as Uppercase<typeof method>)]),
  url: text,
  authorization: z
    .object({
      type: z.enum(['no-auth', 'api-key']),
      config: z
        .object({
          type: z
            .enum(AUTHORIZATION_KINDS)
            .nullish()
            .transform((value) => value ?? 'custom'),
          api_key: text,
          header: text,
        })
        .nullish(),
    })
    .nullish(),
  headers: text,
  params: text,
  body: z
    .object({
      type: z
        .enum(BODY_KINDS)
        .nullish()
        .transform((value) => value ?? 'none'),
      data: z
        .union([z.string(), z.array(itemSchema)])
        .nullish()
        // Old files have one text (contract workflow-engine 1.6).
        .transform((data) =>
          typeof data === 'string' ? (data === '' ? [] : [{ key: '', type: 'text' as const, value: data, file: [] }]) : (data ?? []),
        ),
    })
    .nullish(),
  timeout: z.object({ connect: seconds, read: seconds, write: seconds }).nullish(),
  ssl_verify: z.boolean().nullish(),
});

/** One entry of a request's body. */
export interface BodyItem {
  readonly key: TextTemplate;
  readonly isFile: boolean;
  readonly value: TextTemplate;
  /** The variable of a file entry. */
  readonly file: Selector;
}

/** What an http-request node was configured to do; templates are parsed. */
export interface HttpSettings {
  /** Upper case. `OPTIONS` can be configured, and fails. */
  readonly method: string;
  readonly url: TextTemplate;
  /** Null: none. */
  readonly authorization: {
    readonly kind: (typeof AUTHORIZATION_KINDS)[number];
    readonly key: TextTemplate;
    readonly header: string;
  } | null;
  /** An API key is wanted and nothing says which. */
  readonly isAuthorizationMissing: boolean;
  /** The whole text: a variable may bring several lines. */
  readonly headers: TextTemplate;
  /** Line by line: a value with line breaks stays one value. */
  readonly params: readonly { readonly name: TextTemplate; readonly value: TextTemplate }[];
  readonly body: { readonly kind: BodyKind; readonly items: readonly BodyItem[] };
  /** Seconds; null: the default. */
  readonly timeouts: { readonly connect: number | null; readonly read: number | null; readonly write: number | null };
  /** Null: the default. */
  readonly verifyTls: boolean | null;
  /** Whether a status outside 2xx is a failure: so it is where something else than failing the run is done about it. */
  readonly isStatusChecked: boolean;
}

/** Reads the configuration of an http-request node (contract workflow-engine 7.12). Throws `ZodError`. */
export function readHttpSettings(data: NodeData): HttpSettings {
  const raw = schema.parse(data);
  const config = raw.authorization?.type === 'api-key' ? (raw.authorization.config ?? null) : null;
  return {
    method: raw.method.toUpperCase(),
    url: readTextTemplate(raw.url),
    authorization: config && { kind: config.type, key: readTextTemplate(config.api_key), header: config.header || 'Authorization' },
    isAuthorizationMissing: raw.authorization?.type === 'api-key' && config === null,
    headers: readTextTemplate(raw.headers),
    params: raw.params
      .split(/\r\n|[\n\r]/)
      .map(readLine)
      .filter(isSent)
      .map(({ name, value }) => ({ name: readTextTemplate(name), value: readTextTemplate(value) })),
    body: {
      kind: raw.body?.type ?? 'none',
      items: (raw.body?.data ?? []).map(({ key, type, value, file }) => ({
        key: readTextTemplate(key),
        isFile: type === 'file',
        value: readTextTemplate(value),
        file,
      })),
    },
    timeouts: raw.timeout ?? { connect: null, read: null, write: null },
    verifyTls: raw.ssl_verify ?? null,
    isStatusChecked: isErrorHandled(data),
  };
}

function isErrorHandled(data: NodeData): boolean {
  const { error_strategy: strategy, retry_config: retry } = data as {
    error_strategy?: unknown;
    retry_config?: { retry_enabled?: unknown } | null;
  };
  return strategy === 'fail-branch' || strategy === 'default-value' || retry?.retry_enabled === true;
}
