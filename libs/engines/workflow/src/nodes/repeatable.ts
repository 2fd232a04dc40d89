import type { NodeData } from './node-type.js';

/** Whether a node may run again after a crash: what its author says (`data.idempotent`), else what is true of its kind. */
export function isRepeatable(data: NodeData, byNature: boolean): boolean {
  return typeof data.idempotent === 'boolean' ? data.idempotent : byNature;
}
