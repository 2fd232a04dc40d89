import { ToolInvokeError } from '../tools.errors.js';
import type { ToolPorts } from './tool-ports.js';

/** A port that a tool can't do without. Throws `ToolInvokeError` with the name of what is missing. */
export function requiredToolPort<K extends keyof ToolPorts>(ports: ToolPorts, name: K): NonNullable<ToolPorts[K]> {
  const port = ports[name];
  if (port === undefined || port === null)
    throw new ToolInvokeError(`This tool needs what is not set up here: the port \`${name}\` is missing.`);
  return port;
}
