import { isJsonObject } from '#common';
import type { JsonObject } from '#common';
import { ModelConfigError } from '../../chat.errors.js';
import { isEmpty, own } from '../values.js';
import { flagAt, objectAt } from './validation-context.js';
import type { ConfigValidator } from './validation-context.js';

const STRATEGIES = ['router', 'react_router', 'react', 'function_call'];
const OLD_TOOLS = ['dataset', 'google_search', 'web_reader', 'wikipedia', 'current_datetime'];
const REQUIRED_KEYS = ['provider_type', 'provider_id', 'tool_name', 'tool_parameters'];
const NEW_TOOL_MIN_KEYS = 4;

/** `agent_mode` of an agent app: strategy and tools in either form (contract console-apps-workflows 5.6). */
export const validateAgentMode: ConfigValidator = ({ done }) => {
  const agentMode = done.agent_mode as JsonObject;
  if (!STRATEGIES.includes(String(agentMode.strategy))) {
    throw new ModelConfigError(`strategy in agent_mode must be in the specified strategy list: ${STRATEGIES.join(', ')}`);
  }
  const iterations = own(agentMode, 'max_iteration');
  if (iterations !== undefined && iterations !== null && !Number.isInteger(iterations)) {
    throw new ModelConfigError('max_iteration in agent_mode must be an integer');
  }
  return { agent_mode: { ...agentMode, tools: (agentMode.tools as unknown[]).map(agentTool) } };
};

function agentTool(tool: unknown): JsonObject {
  if (!isJsonObject(tool) || isEmpty(tool)) throw new ModelConfigError('Each entry of agent_mode.tools must be of object type');
  return Object.keys(tool).length >= NEW_TOOL_MIN_KEYS ? newTool(tool) : oldTool(tool);
}

function newTool(tool: JsonObject): JsonObject {
  for (const key of REQUIRED_KEYS) {
    if (own(tool, key) === undefined) throw new ModelConfigError(`${key} is required in agent_mode.tools`);
  }
  if (!isJsonObject(tool.tool_parameters)) throw new ModelConfigError('tool_parameters in agent_mode.tools must be of object type');
  return { ...tool, enabled: flagAt(tool, 'enabled', 'enabled in agent_mode.tools') };
}

function oldTool(tool: JsonObject): JsonObject {
  const key = Object.keys(tool)[0] as string;
  if (!OLD_TOOLS.includes(key)) throw new ModelConfigError('Keys in agent_mode.tools must be in the specified tool list');
  const settings = objectAt(tool, key, {}, `${key} in agent_mode.tools`);
  return { ...tool, [key]: { ...settings, enabled: flagAt(settings, 'enabled', `enabled of ${key} in agent_mode.tools`) } };
}
