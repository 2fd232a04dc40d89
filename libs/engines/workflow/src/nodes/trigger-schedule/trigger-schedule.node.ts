import { ZodError } from 'zod';
import { NodeConfigError, type NodeCompileContext, type NodeContext, type NodeData, type NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { withSystemVariables } from '../with-system-variables.js';
import { scheduleCron } from './schedule-cron.js';

/** Where a run begins that the clock has started (contract workflow-engine 7.26). */
export const triggerScheduleNode: NodeType = {
  type: 'trigger-schedule',
  version: '1',
  execution: 'root',
  compile: (data, context) => {
    warnOfTimes(data, context);
    return { reads: {}, repeatable: true, run };
  },
};

/** A schedule that never fires runs all the same when somebody starts it by hand. */
function warnOfTimes(data: NodeData, context: NodeCompileContext): void {
  try {
    scheduleCron(data);
  } catch (error) {
    if (error instanceof NodeConfigError) context.warn(error.field, error.message);
    else if (error instanceof ZodError) for (const { path, message } of error.issues) context.warn(path.map(String).join('.'), message);
    else throw error;
  }
}

function run(context: NodeContext): NodeResult {
  const values = withSystemVariables(context.inputs, context);
  return { status: 'succeeded', inputs: values, outputs: values };
}
