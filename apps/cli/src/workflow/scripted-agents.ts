import { AgentStrategies, type AgentCall, type AgentParameter, type AgentStrategy, type InvokeMessage } from '#engines/workflow';
import { ScriptedError } from './cli-models.js';
import { fits, type ModelsFile } from './models-file.js';

/** The parameters that the strategies of function calling and ReAct declare (contract models-agents-tools 9.3). */
const PARAMETERS: readonly AgentParameter[] = [
  { name: 'model', type: 'model-selector', required: false, default: null },
  { name: 'tools', type: 'array[tools]', required: false, default: null },
  { name: 'instruction', type: 'string', required: false, default: null },
  { name: 'query', type: 'string', required: false, default: null },
  { name: 'maximum_iterations', type: 'number', required: false, default: null },
];

/** Agent strategies that say what the models file says. */
export class ScriptedAgents extends AgentStrategies {
  constructor(private readonly entries: ModelsFile['agents']) {
    super();
  }

  override async find(provider: string, name: string): Promise<AgentStrategy> {
    const entries = this.entries.filter(({ strategy }) => fits(strategy, name, `${provider}/${name}`));
    if (entries.length === 0)
      throw new ScriptedError(`The agent strategy ${name} is not here: script it under \`agents\` of the --models file.`);
    return {
      icon: null,
      parameters: PARAMETERS,
      features: [],
      metaVersion: null,
      prepare: async (call) => says(entryFor(entries, call)),
    };
  }
}

function entryFor(entries: ModelsFile['agents'], { parameters }: AgentCall): ModelsFile['agents'][number] {
  const asked = JSON.stringify(parameters);
  const entry = entries.find(({ contains }) => contains === undefined || asked.includes(contains));
  if (entry === undefined) throw new ScriptedError('No entry under `agents` of the --models file fits what the agent was asked.');
  return entry;
}

/** What a scripted tool or agent says, as messages. */
export async function* says({
  text,
  json,
  variables = {},
  error,
}: {
  text?: string | undefined;
  json?: unknown;
  variables?: Readonly<Record<string, unknown>> | undefined;
  error?: string | undefined;
}): AsyncGenerator<InvokeMessage> {
  if (error !== undefined) throw new ScriptedError(error);
  if (text !== undefined) yield { type: 'text', text };
  if (json !== undefined) yield { type: 'json', json };
  for (const [name, value] of Object.entries(variables)) yield { type: 'variable', name, value, isStreamed: false };
}
