import { z } from 'zod';
import type { NodeData } from '../node-type.js';

const parameters = z
  .array(
    z.object({
      name: z.string(),
      type: z
        .string()
        .nullish()
        .transform((type) => type ?? 'string'),
      required: z
        .boolean()
        .nullish()
        .transform((required) => required ?? false),
    }),
  )
  .nullish()
  .transform((list) => list ?? []);

const schema = z.object({
  content_type: z
    .string()
    .nullish()
    .transform((type) => type?.toLowerCase() ?? 'application/json'),
  headers: parameters,
  params: parameters,
  body: parameters,
});

/** A header, a parameter or a field that the author expects. */
export type WebhookParameter = z.infer<typeof parameters>[number];

/** What of a webhook's configuration decides about its outputs; the rest is for whoever answers the call. */
export interface WebhookSettings {
  /** `text`, `binary`: the body is one value. `fields`: JSON or a form. */
  readonly body: 'text' | 'binary' | 'fields';
  readonly headers: readonly WebhookParameter[];
  readonly params: readonly WebhookParameter[];
  readonly fields: readonly WebhookParameter[];
}

/** Reads the configuration of a webhook node (contract workflow-engine 7.25). Throws a `ZodError`. */
export function readWebhookSettings(data: NodeData): WebhookSettings {
  const { content_type: type, headers, params, body } = schema.parse(data);
  return {
    body: type === 'text/plain' ? 'text' : type === 'application/octet-stream' ? 'binary' : 'fields',
    headers,
    params,
    fields: body,
  };
}
