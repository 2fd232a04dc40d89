import { z } from 'zod';
import { readTextTemplate, type TextTemplate } from '../../models/text-template.js';
import type { FormAction, FormDelivery, FormInput } from '../../ports/human-forms.port.js';
import { NodeConfigError, type NodeData } from '../node-type.js';

const HOUR_MS = 3_600_000;
/** Names of actions and fields that outputs have already. */
export const TIMEOUT_HANDLE = '__timeout';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const input = z.object({
  type: z.string(),
  output_variable_name: z.string().min(1),
  default: z
    .object({
      type: z.enum(['variable', 'constant']),
      selector: z
        .array(z.string())
        .nullish()
        .transform((parts) => parts ?? []),
      value: text,
    })
    .nullish()
    .transform((value) => value ?? null),
});
const action = z.object({
  id: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,19}$/, 'must be an identifier of at most 20 characters'),
  title: z.string().max(20),
  button_style: z
    .string()
    .nullish()
    .transform((value) => value ?? 'default'),
});
const recipient = z.object({ type: z.string(), user_id: z.string().nullish(), email: z.string().nullish() });
const delivery = z.object({
  id: text,
  type: z.string(),
  enabled: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  config: z
    .object({
      recipients: z.object({ whole_workspace: z.boolean().nullish(), items: z.array(recipient).nullish() }).nullish(),
      subject: text,
      body: text,
      debug_mode: z.boolean().nullish(),
    })
    .nullish(),
});
const schema = z.object({
  delivery_methods: z.array(delivery).nullish(),
  form_content: text,
  inputs: z.array(input).nullish(),
  user_actions: z.array(action).nullish(),
  timeout: z
    .number()
    .positive()
    .nullish()
    .transform((value) => value ?? 36),
  timeout_unit: z.enum(['hour', 'day']).nullish(),
});

type Delivery = z.infer<typeof delivery>;

/** A way to people whose texts still have references. */
export type DeliveryTemplate =
  | Extract<FormDelivery, { type: 'webapp' }>
  | (Omit<Extract<FormDelivery, { type: 'email' }>, 'subject' | 'body'> & { readonly subject: TextTemplate; readonly body: TextTemplate });

/** A human-input node's configuration, read once. */
export interface HumanInputSettings {
  readonly content: TextTemplate;
  readonly inputs: readonly FormInput[];
  readonly actions: readonly FormAction[];
  readonly deliveries: readonly DeliveryTemplate[];
  /** Milliseconds. */
  readonly timeout: number;
}

/** Reads the configuration of a human-input node (contract workflow-engine 7.24). Throws a `ZodError` or a `NodeConfigError`. */
export function readHumanInputSettings(data: NodeData): HumanInputSettings {
  const raw = schema.parse(data);
  const inputs = raw.inputs ?? [];
  const actions = raw.user_actions ?? [];
  refuseTwice(
    'user_actions',
    actions.map(({ id }) => id),
  );
  refuseTwice(
    'inputs',
    inputs.map(({ output_variable_name: name }) => name),
  );
  return {
    content: readTextTemplate(raw.form_content),
    inputs,
    actions,
    deliveries: (raw.delivery_methods ?? []).filter(({ enabled }) => enabled).flatMap(readDelivery),
    timeout: raw.timeout * HOUR_MS * (raw.timeout_unit === 'day' ? 24 : 1),
  };
}

function readDelivery({ id, type, config }: Delivery): DeliveryTemplate[] {
  if (type === 'webapp') return [{ type: 'webapp', id }];
  if (type !== 'email') return [];
  const items = config?.recipients?.items ?? [];
  const recipients = {
    wholeWorkspace: config?.recipients?.whole_workspace ?? false,
    memberIds: items.flatMap((item) => (item.type === 'member' && item.user_id ? [item.user_id] : [])),
    addresses: items.flatMap((item) => (item.type === 'external' && item.email ? [item.email] : [])),
  };
  const { subject = '', body = '', debug_mode: debugMode = false } = config ?? {};
  return [
    { type: 'email', id, recipients, subject: readTextTemplate(subject), body: readTextTemplate(body), debugMode: debugMode ?? false },
  ];
}

function refuseTwice(field: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new NodeConfigError(field, `${twice} stands here twice.`);
}
