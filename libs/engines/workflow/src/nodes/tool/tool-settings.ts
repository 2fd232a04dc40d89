import { isJsonObject, pythonStr } from '#common';
import { z } from 'zod';
import { readTextTemplate, type TextTemplate } from '../../models/text-template.js';
import type { ToolChoice } from '../../ports/tools.port.js';
import { parseSelector, type Selector } from '../../pool/selector.js';
import type { NodeData } from '../node-type.js';

const schema = z.object({
  provider_id: z.string(),
  provider_type: z.string(),
  provider_name: z.string().nullish(),
  tool_name: z.string(),
  tool_configurations: z.record(z.string(), z.unknown()).nullish(),
  tool_parameters: z.record(z.string(), z.unknown()).nullish(),
  tool_node_version: z.union([z.string(), z.number()]).nullish(),
  credential_id: z.string().nullish(),
  plugin_unique_identifier: z.string().nullish(),
});

/** A variable as it is, or a text with references. */
export type ToolValue =
  { readonly kind: 'variable'; readonly selector: Selector } | { readonly kind: 'text'; readonly template: TextTemplate };

/** A tool node's configuration, read once. */
export interface ToolSettings {
  readonly choice: ToolChoice;
  readonly parameters: ReadonlyMap<string, ToolValue>;
  /** What was set before the run: values with references; or, in files without `tool_node_version`, values as they stand. */
  readonly configurations:
    | { readonly kind: 'typed'; readonly values: ReadonlyMap<string, ToolValue> }
    | { readonly kind: 'literal'; readonly values: Readonly<Record<string, unknown>> };
}

/** Reads the configuration of a tool node (contract workflow-engine 7.13, 1.6). Throws a `ZodError`. */
export function readToolSettings(data: NodeData): ToolSettings {
  const raw = schema.parse(data);
  const configurations = raw.tool_configurations ?? {};
  return {
    choice: {
      providerType: raw.provider_type,
      providerId: raw.provider_id,
      providerName: raw.provider_name ?? raw.provider_id,
      toolName: raw.tool_name,
      credentialId: raw.credential_id ?? null,
      pluginUniqueIdentifier: raw.plugin_unique_identifier ?? null,
    },
    parameters: readValues(raw.tool_parameters ?? {}),
    configurations:
      raw.tool_node_version === null || raw.tool_node_version === undefined
        ? { kind: 'literal', values: configurations }
        : { kind: 'typed', values: readValues(configurations) },
  };
}

/** Entries without a value, and bare values, say nothing. */
function readValues(raw: Record<string, unknown>): ReadonlyMap<string, ToolValue> {
  const values = new Map<string, ToolValue>();
  for (const [name, entry] of Object.entries(raw)) {
    if (!isJsonObject(entry) || entry.value === null || entry.value === undefined) continue;
    values.set(
      name,
      entry.type === 'variable'
        ? { kind: 'variable', selector: parseSelector(entry.value) ?? [] }
        : { kind: 'text', template: readTextTemplate(pythonStr(entry.value)) },
    );
  }
  return values;
}
