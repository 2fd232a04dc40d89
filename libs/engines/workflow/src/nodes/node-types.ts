import { answerNode } from './answer/answer.node.js';
import { iterationStartNode, loopEndNode, loopStartNode } from './container-parts/container-parts.node.js';
import { endNode } from './end/end.node.js';
import { iterationNode } from './iteration/iteration.node.js';
import { loopNode } from './loop/loop.node.js';
import type { NodeType } from './node-type.js';
import { startNode } from './start/start.node.js';

/** Every kind of node there is. A new one is a folder beside these and a line here. */
export const nodeTypes: readonly NodeType[] = [
  startNode,
  endNode,
  answerNode,
  iterationStartNode,
  iterationNode,
  loopStartNode,
  loopEndNode,
  loopNode,
];
