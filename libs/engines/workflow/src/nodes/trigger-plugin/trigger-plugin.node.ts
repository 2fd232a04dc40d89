import { z } from 'zod';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { withSystemVariables } from '../with-system-variables.js';

const schema = z.object({
  provider_id: z.string(),
  event_name: z.string(),
  plugin_unique_identifier: z.string().nullish(),
});

/** Where a run begins that an event of a plugin has started (contract workflow-engine 7.27). The event's variables are the inputs of the run. */
export const triggerPluginNode: NodeType = {
  type: 'trigger-plugin',
  version: '1',
  execution: 'root',
  compile: (data) => {
    const { provider_id, event_name, plugin_unique_identifier } = schema.parse(data);
    const info = { provider_id, event_name, plugin_unique_identifier: plugin_unique_identifier ?? '' };
    return { reads: {}, repeatable: true, run: (context) => run(info, context) };
  },
};

function run(info: Record<string, unknown>, context: NodeContext): NodeResult {
  const values = withSystemVariables(context.inputs, context);
  return { status: 'succeeded', inputs: values, outputs: values, metadata: { trigger_info: info } };
}
