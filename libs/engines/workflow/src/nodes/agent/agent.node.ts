import { emptyUsage } from '#engines/model-runtime';
import { MessageCollector } from '../../invoke/message-collector.js';
import { readsOfParameters } from '../../invoke/parameter-value.js';
import { usageMetadata } from '../../models/model-account.js';
import type { AgentStrategy } from '../../ports/agent-strategies.port.js';
import { requiredPort } from '../../ports/required-port.js';
import type { NodeContext, NodeType } from '../node-type.js';
import { failed, type NodeResult } from '../node-result.js';
import { isRepeatable } from '../repeatable.js';
import { agentHistory } from './agent-history.js';
import { fillParameters } from './agent-parameters.js';
import { readAgentSettings, type AgentSettings } from './agent-settings.js';

/** Lets a strategy work with a model and tools (contract workflow-engine 7.14). */
export const agentNode: NodeType = {
  type: 'agent',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const settings = readAgentSettings(data);
    return {
      reads: readsOfParameters(settings.parameters),
      repeatable: isRepeatable(data, false),
      streams: ['text'],
      // The picture is the workspace's to know: whoever sends the event puts it in.
      extras: { agent_strategy: { name: settings.strategy, icon: null } },
      run: (context) => run(settings, context),
    };
  },
};

async function run(settings: AgentSettings, context: NodeContext): Promise<NodeResult> {
  const strategies = requiredPort(context.ports, 'agents');
  let strategy: AgentStrategy;
  try {
    strategy = await strategies.find(settings.provider, settings.strategy);
  } catch (error) {
    return failed(`Failed to get agent strategy: ${messageOf(error)}`, '');
  }
  const { given, shown } = fillParameters(settings, strategy, context);
  const work = await strategy.prepare({
    parameters: context.secrets.reveal(given),
    history: context.secrets.reveal(await agentHistory(settings, strategy, given, context)),
    conversationId: context.facts.conversationId,
    user: context.facts.userId,
    signal: context.signal,
  });
  const collector = new MessageCollector(context);
  try {
    await collector.listen(work);
  } catch (error) {
    // What was used up to here was used.
    return failed(`Failed to transform agent message: ${messageOf(error)}`, '', { inputs: shown, ...collector.used });
  }
  return succeededWith(settings, strategy, { collector, shown });
}

function succeededWith(
  settings: AgentSettings,
  strategy: AgentStrategy,
  { collector, shown }: { collector: MessageCollector; shown: Record<string, unknown> },
): NodeResult {
  const { text, ...rest } = collector.outputs({ withSteps: true });
  const steps = collector.stepsMetadata();
  return {
    status: 'succeeded',
    inputs: shown,
    outputs: { text, usage: collector.usage ?? emptyUsage(), ...rest },
    metadata: {
      ...(collector.usage !== null && usageMetadata(collector.usage)),
      tool_info: { icon: strategy.icon, agent_strategy: settings.strategy },
      ...(steps !== undefined && { agent_log: steps }),
    },
    ...collector.used,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
