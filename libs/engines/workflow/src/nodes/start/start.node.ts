import { z } from 'zod';
import { SYSTEM_NODE } from '../../pool/selector.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { checkJsonInputs } from './json-inputs.js';
import { startVariableSchema, type StartVariable } from './start-variable.js';

const schema = z.object({ variables: z.array(startVariableSchema).default([]) });

/** Where a run begins: puts out what the caller filled in, and the system variables (contract workflow-engine 7.1). */
export const startNode: NodeType = {
  type: 'start',
  version: '1',
  execution: 'root',
  compile: (data) => {
    const { variables } = schema.parse(data);
    return { reads: {}, repeatable: true, run: (context) => run(variables, context) };
  },
};

function run(variables: readonly StartVariable[], context: NodeContext): NodeResult {
  checkJsonInputs(variables, context.inputs);
  const outputs: Record<string, unknown> = { ...context.inputs };
  for (const [name, segment] of context.pool.variables(SYSTEM_NODE)) outputs[`${SYSTEM_NODE}.${name}`] = segment;
  return { status: 'succeeded', inputs: outputs, outputs };
}
