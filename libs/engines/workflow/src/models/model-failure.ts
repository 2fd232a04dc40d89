import type { NodeFailed } from '../nodes/node-result.js';
import { failed } from '../nodes/node-result.js';
import { WorkflowError } from '../workflow.errors.js';

/** What a node was doing when its model failed; nothing of the answer is kept. */
type Account = Parameters<typeof failed>[2];

/** A failure with the error's message and, as its type, the name of the error's class (contract workflow-engine 7.4). */
export function modelFailure(error: unknown, account: Account = {}): NodeFailed {
  const whole = { inputs: {}, processData: {}, ...account };
  if (error instanceof WorkflowError) return failed(error.message, error.errorType, whole);
  return error instanceof Error ? failed(error.message, error.name, whole) : failed(String(error), 'WorkflowNodeError', whole);
}
