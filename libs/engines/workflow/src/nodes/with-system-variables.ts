import { SYSTEM_NODE } from '../pool/selector.js';
import type { NodeContext } from './node-type.js';

/** Values with the system variables behind them, as nodes that begin a run put them out: `sys.user_id`, ... (contract workflow-engine 3.5). */
export function withSystemVariables(
  values: Readonly<Record<string, unknown>>,
  { pool }: Pick<NodeContext, 'pool'>,
): Record<string, unknown> {
  const all: Record<string, unknown> = { ...values };
  for (const [name, segment] of pool.variables(SYSTEM_NODE)) all[`${SYSTEM_NODE}.${name}`] = segment;
  return all;
}
