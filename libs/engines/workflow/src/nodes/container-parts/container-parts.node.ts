import type { NodeType } from '../node-type.js';
import { succeeded } from '../node-result.js';

/** Where a round of an iteration begins. */
export const iterationStartNode: NodeType = {
  type: 'iteration-start',
  version: '1',
  execution: 'executable',
  compile: () => ({ reads: {}, repeatable: true, run: () => succeeded({}) }),
};

/** Where a round of a loop begins. */
export const loopStartNode: NodeType = {
  type: 'loop-start',
  version: '1',
  execution: 'executable',
  compile: () => ({ reads: {}, repeatable: true, run: () => succeeded({}) }),
};

/** Ends the loop around it after the current round (contract workflow-engine 7.16). */
export const loopEndNode: NodeType = {
  type: 'loop-end',
  version: '1',
  execution: 'executable',
  compile: () => ({ reads: {}, repeatable: true, run: () => ({ status: 'succeeded', outputs: {}, endsLoop: true }) }),
};
