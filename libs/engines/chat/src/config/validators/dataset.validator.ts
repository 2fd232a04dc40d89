import { isJsonObject, isUuid } from '#common';
import type { JsonObject } from '#common';
import { ModelConfigError } from '../../chat.errors.js';
import { isEmpty, own } from '../values.js';
import { flagAt, listAt, objectAt, textAt } from './validation-context.js';
import type { ConfigValidator, ValidationContext } from './validation-context.js';

/** `dataset_configs`, `dataset_query_variable` and the datasets among the old-style tools of `agent_mode` (contract 5.5, 5.6). */
export const validateDatasets: ConfigValidator = async (context) => {
  const agentMode = baseAgentMode(context.body);
  const configs = objectAt(context.body, 'dataset_configs', { retrieval_model: 'single' });
  if (isEmpty(own(configs, 'retrieval_model'))) configs.retrieval_model = 'single';
  if (isEmpty(own(configs, 'datasets'))) configs.datasets = { strategy: 'router', datasets: [] };
  const linked = linkedDatasets(configs);
  const old = await oldStyleDatasets(context, agentMode);
  const queryVariable = textAt(context.body, 'dataset_query_variable');
  if (context.mode === 'completion' && (linked > 0 || old > 0) && queryVariable === '') {
    throw new ModelConfigError('dataset_query_variable is required when a completion app has datasets');
  }
  return { agent_mode: agentMode, dataset_configs: configs, dataset_query_variable: queryVariable };
};

function baseAgentMode(body: JsonObject): JsonObject {
  const mode = objectAt(body, 'agent_mode', { enabled: false, tools: [] });
  return {
    ...mode,
    enabled: flagAt(mode, 'enabled', 'enabled in agent_mode'),
    strategy: isEmpty(own(mode, 'strategy')) ? 'router' : own(mode, 'strategy'),
    tools: listAt(mode, 'tools', 'tools in agent_mode'),
  };
}

/** How many enabled datasets are named; each must have a well-formed id. */
function linkedDatasets(configs: JsonObject): number {
  const group = objectAt(configs, 'datasets', {}, 'dataset_configs.datasets');
  let count = 0;
  for (const entry of listAt(group, 'datasets', 'dataset_configs.datasets.datasets')) {
    const dataset = isJsonObject(entry) && Object.keys(entry)[0] === 'dataset' ? entry.dataset : undefined;
    if (!isJsonObject(dataset) || isEmpty(own(dataset, 'enabled'))) continue;
    if (!isUuid(own(dataset, 'id'))) throw new ModelConfigError('id in dataset must be of UUID type');
    count += 1;
  }
  return count;
}

async function oldStyleDatasets({ facts }: ValidationContext, agentMode: JsonObject): Promise<number> {
  let count = 0;
  for (const tool of agentMode.tools as unknown[]) {
    const keys = isJsonObject(tool) ? Object.keys(tool) : [];
    if (!isJsonObject(tool) || keys.length !== 1 || keys[0] !== 'dataset') continue;
    const dataset = objectAt(tool, 'dataset', {}, 'dataset in agent_mode.tools');
    if (!flagAt(dataset, 'enabled', 'enabled in agent_mode.tools')) continue;
    const id = own(dataset, 'id');
    if (id === undefined) throw new ModelConfigError('id is required in dataset');
    if (!isUuid(id)) throw new ModelConfigError('id in dataset must be of UUID type');
    if (!(await facts.datasetExists(id))) throw new ModelConfigError('Dataset ID does not exist, please check your permission.');
    count += 1;
  }
  return count;
}
