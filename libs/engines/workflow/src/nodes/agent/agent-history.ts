import { isJsonObject } from '#common';
import type { PromptMessage } from '#engines/model-runtime';
import { runMemory } from '../../models/run-memory.js';
import type { AgentStrategy } from '../../ports/agent-strategies.port.js';
import { requiredPort } from '../../ports/required-port.js';
import type { NodeContext } from '../node-type.js';
import type { AgentSettings } from './agent-settings.js';

/** What was said before, for a strategy that takes it and a model that is known; else nothing. Rejects when the model can't be found. */
export async function agentHistory(
  { memory }: AgentSettings,
  strategy: AgentStrategy,
  given: Readonly<Record<string, unknown>>,
  context: NodeContext,
): Promise<readonly PromptMessage[]> {
  const { facts, ports } = context;
  if (memory === null || facts.conversationId === null || ports.memory === undefined) return [];
  if (!strategy.features.includes('history-messages')) return [];
  const selector = strategy.parameters.find(({ type }) => type === 'model-selector');
  const choice = selector === undefined ? undefined : given[selector.name];
  if (!isJsonObject(choice) || typeof choice.provider !== 'string' || typeof choice.model !== 'string') return [];
  const model = await requiredPort(ports, 'models').resolve({
    provider: choice.provider,
    name: choice.model,
    mode: choice.mode === 'completion' ? 'completion' : 'chat',
  });
  const parameters = isJsonObject(choice.completion_params) ? choice.completion_params : {};
  return (await runMemory(memory, context, { model, parameters }))?.messages([]) ?? [];
}
