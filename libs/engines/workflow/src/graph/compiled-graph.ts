import type { CompiledNode, NodeData, NodeType } from '../nodes/node-type.js';
import type { GraphProblem } from '../workflow.errors.js';
import type { ResponsePlan } from '../streaming/response-plan.js';
import type { ErrorPolicy } from './error-policy.js';

export const DEFAULT_HANDLE = 'source';
export const FAIL_HANDLE = 'fail-branch';

/** A node of a compiled graph. */
export interface GraphNode {
  readonly id: string;
  readonly title: string;
  readonly type: NodeType;
  readonly data: NodeData;
  readonly compiled: CompiledNode;
  readonly policy: ErrorPolicy;
  /** Chooses among its handles: branches, and nodes whose errors have a branch. */
  readonly isBranch: boolean;
  /** Start nodes of containers: they tell nothing to the outside. */
  readonly isSilent: boolean;
}

export interface GraphEdge {
  /** Places in `SubGraph.nodes`. */
  readonly source: number;
  readonly target: number;
  readonly handle: string;
}

/** What can be reached from one root: the graph of a run, or of a round of a container. */
export interface SubGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Edges by their source, and by their target: places in `edges`. */
  readonly out: readonly (readonly number[])[];
  readonly in: readonly (readonly number[])[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly responses: ResponsePlan;
}

/** A graph that has been read once and can run any number of times. Immutable; holds no state of a run. */
export interface CompiledGraph {
  readonly main: SubGraph;
  /** The graphs inside containers, by the container's id. */
  readonly inner: ReadonlyMap<string, SubGraph>;
  /** Everything that is wrong or odd. With an `error` among them a run fails at its start. */
  readonly problems: readonly GraphProblem[];
}
