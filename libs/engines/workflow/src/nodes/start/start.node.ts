import { z } from 'zod';
import { SYSTEM_NODE } from '../../pool/selector.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { StartForm } from './start-form.js';
import { startVariableSchema } from './start-variable.js';

const schema = z.object({ variables: z.array(startVariableSchema).default([]) });

/** Where a run begins: puts out what the caller filled in, and the system variables (contract workflow-engine 7.1). */
export const startNode: NodeType = {
  type: 'start',
  version: '1',
  execution: 'root',
  compile: (data) => {
    const form = new StartForm(schema.parse(data).variables);
    return { reads: {}, repeatable: true, form, run: (context) => run(form, context) };
  },
};

/** Who starts a run has checked its inputs and left out what the form does not have; this is for those who did not. */
function run(form: StartForm, context: NodeContext): NodeResult {
  const outputs: Record<string, unknown> = { ...context.inputs, ...form.check(context.inputs) };
  form.checkSchemas(outputs);
  for (const [name, segment] of context.pool.variables(SYSTEM_NODE)) outputs[`${SYSTEM_NODE}.${name}`] = segment;
  return { status: 'succeeded', inputs: outputs, outputs };
}
