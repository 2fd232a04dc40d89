import { WorkflowError } from '../workflow.errors.js';
import type { WorkflowPorts } from './workflow-ports.js';

/** A port that a node can't do without. Throws with the name of what is missing. */
export function requiredPort<K extends keyof WorkflowPorts>(ports: WorkflowPorts, name: K): NonNullable<WorkflowPorts[K]> {
  const port = ports[name];
  if (port === undefined || port === null)
    throw new WorkflowError(`This run was given no ${name}: the port \`${name}\` is missing.`, { errorType: 'PortMissingError' });
  return port;
}
