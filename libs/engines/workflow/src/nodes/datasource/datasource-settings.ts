import { z } from 'zod';
import { readParameterValue, type ParameterValue } from '../../invoke/parameter-value.js';
import type { DatasourceChoice } from '../../ports/datasources.port.js';
import type { NodeData } from '../node-type.js';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const schema = z.object({
  plugin_id: text,
  provider_name: text,
  provider_type: text,
  datasource_name: z
    .string()
    .nullish()
    .transform((name) => name ?? 'local_file'),
  datasource_parameters: z.record(z.string(), z.unknown()).nullish(),
  plugin_unique_identifier: z.string().nullish(),
});

/** A datasource node's configuration, read once. */
export interface DatasourceSettings {
  readonly choice: DatasourceChoice;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
}

/** Reads the configuration of a datasource node (contract workflow-engine 7.7). Throws a `ZodError`. */
export function readDatasourceSettings(data: NodeData): DatasourceSettings {
  const raw = schema.parse(data);
  const parameters = new Map<string, ParameterValue>();
  for (const [name, entry] of Object.entries(raw.datasource_parameters ?? {})) {
    const value = readParameterValue(entry);
    if (value !== undefined) parameters.set(name, value);
  }
  return {
    choice: {
      pluginId: raw.plugin_id,
      providerName: raw.provider_name,
      providerType: raw.provider_type,
      datasourceName: raw.datasource_name,
      pluginUniqueIdentifier: raw.plugin_unique_identifier ?? null,
    },
    parameters,
  };
}
