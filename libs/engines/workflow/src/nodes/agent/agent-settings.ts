import { z } from 'zod';
import { readParameterValue, type ParameterValue } from '../../invoke/parameter-value.js';
import { memorySettings, type MemorySettings } from '../../models/memory-settings.js';
import type { NodeData } from '../node-type.js';

const schema = z.object({
  agent_strategy_provider_name: z.string(),
  agent_strategy_name: z.string(),
  agent_parameters: z.record(z.string(), z.unknown()).nullish(),
  memory: memorySettings,
  tool_node_version: z.union([z.string(), z.number()]).nullish(),
});

/** An agent node's configuration, read once. */
export interface AgentSettings {
  readonly provider: string;
  readonly strategy: string;
  /** In the order of the file. */
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly memory: MemorySettings | null;
  /** Whether the settings of tools are `{type, value}` and not plain values (`tool_node_version`). */
  readonly hasTypedSettings: boolean;
}

/** Reads the configuration of an agent node (contract workflow-engine 7.14). Throws a `ZodError`. */
export function readAgentSettings(data: NodeData): AgentSettings {
  const raw = schema.parse(data);
  const parameters = new Map<string, ParameterValue>();
  for (const [name, entry] of Object.entries(raw.agent_parameters ?? {})) {
    const value = readParameterValue(entry);
    if (value !== undefined) parameters.set(name, value);
  }
  return {
    provider: raw.agent_strategy_provider_name,
    strategy: raw.agent_strategy_name,
    parameters,
    memory: raw.memory,
    hasTypedSettings: raw.tool_node_version !== null && raw.tool_node_version !== undefined,
  };
}
