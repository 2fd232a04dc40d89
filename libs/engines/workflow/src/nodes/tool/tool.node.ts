import { MessageCollector } from '../../invoke/message-collector.js';
import { usageMetadata } from '../../models/model-account.js';
import { readsOf } from '../../models/text-template.js';
import { requiredPort } from '../../ports/required-port.js';
import type { WorkflowTool } from '../../ports/tools.port.js';
import type { Selector } from '../../pool/selector.js';
import { WorkflowError } from '../../workflow.errors.js';
import type { NodeContext, NodeType } from '../node-type.js';
import { failed, type NodeFailed, type NodeResult } from '../node-result.js';
import { isRepeatable } from '../repeatable.js';
import { readToolSettings, type ToolSettings } from './tool-settings.js';
import { fillCall } from './tool-values.js';

/** Calls a tool (contract workflow-engine 7.13). */
export const toolNode: NodeType = {
  type: 'tool',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const settings = readToolSettings(data);
    return {
      reads: reads(settings),
      repeatable: isRepeatable(data, false),
      streams: ['text'],
      run: (context) => run(settings, context),
    };
  },
};

function reads({ parameters, configurations }: ToolSettings): Record<string, Selector> {
  const found: Record<string, Selector> = {};
  for (const [name, value] of [...parameters, ...(configurations.kind === 'typed' ? configurations.values : [])])
    if (value.kind === 'variable') found[name] = value.selector;
    else Object.assign(found, readsOf(value.template));
  return found;
}

async function run(settings: ToolSettings, context: NodeContext): Promise<NodeResult> {
  const { choice } = settings;
  const metadata = {
    tool_info: {
      provider_type: choice.providerType,
      provider_id: choice.providerId,
      plugin_unique_identifier: choice.pluginUniqueIdentifier,
    },
  };
  const callDepth = context.facts.callDepth + (choice.providerType === 'workflow' ? 1 : 0);
  if (callDepth > context.limits.maxCallDepth)
    return failed(`Max workflow call depth ${context.limits.maxCallDepth} reached.`, 'ValueError', { metadata });
  let tool: WorkflowTool;
  try {
    tool = await requiredPort(context.ports, 'tools').find(choice);
  } catch (error) {
    return failure('Failed to get tool runtime', error, { metadata });
  }
  const { given, settings: set, shown } = fillCall(settings, tool, context);
  const collector = new MessageCollector(context);
  try {
    await collector.listen(
      tool.invoke({
        given: context.secrets.reveal(given),
        settings: context.secrets.reveal(set),
        user: context.facts.userId,
        conversationId: context.facts.conversationId,
        callDepth,
        signal: context.signal,
      }),
    );
  } catch (error) {
    return failure(`Failed to invoke tool ${choice.providerName}`, error, { inputs: shown, metadata, ...collector.used });
  }
  const steps = collector.stepsMetadata();
  return {
    status: 'succeeded',
    inputs: shown,
    outputs: collector.outputs(),
    metadata: {
      ...metadata,
      ...(collector.usage !== null && usageMetadata(collector.usage)),
      ...(steps !== undefined && { agent_log: steps }),
    },
    ...collector.used,
  };
}

/** The error with what was being done; its type is the name of its class. */
function failure(doing: string, error: unknown, account: Parameters<typeof failed>[2]): NodeFailed {
  const message = error instanceof Error ? error.message : String(error);
  const type = error instanceof WorkflowError ? error.errorType : error instanceof Error ? error.name : 'WorkflowNodeError';
  return failed(`${doing}: ${message}`, type, account);
}
