import { isJsonObject } from '#common';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { withSystemVariables } from '../with-system-variables.js';
import { webhookOutputs } from './webhook-outputs.js';
import { readWebhookSettings, type WebhookSettings } from './webhook-settings.js';

/** Where a run begins that a call over HTTP has started (contract workflow-engine 7.25). The call is in the input `webhook_data`, checked against the node before. */
export const triggerWebhookNode: NodeType = {
  type: 'trigger-webhook',
  version: '1',
  execution: 'root',
  compile: (data) => {
    const settings = readWebhookSettings(data);
    return { reads: {}, repeatable: true, run: (context) => run(settings, context) };
  },
};

function run(settings: WebhookSettings, context: NodeContext): NodeResult {
  const { webhook_data: data } = context.inputs;
  return {
    status: 'succeeded',
    inputs: withSystemVariables(context.inputs, context),
    outputs: withSystemVariables(webhookOutputs(settings, isJsonObject(data) ? data : {}), context),
  };
}
