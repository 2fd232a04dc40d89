import type { Selector } from '../pool/selector.js';
import type { VariablePool } from '../pool/variable-pool.js';
import type { SecretVault } from '../pool/secret-vault.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import type { NodeEmission } from '../run/events.js';
import type { RunFacts, RunLimits } from '../run/run-options.js';
import type { Segment } from '../values/segment.js';
import type { GraphProblem } from '../workflow.errors.js';
import type { StartForm } from './start/start-form.js';
import type { ContainerPlan } from './container.js';
import type { NodeResult } from './node-result.js';
import type { ResponseTemplate } from '../streaming/response-template.js';

/**
 * How a node takes part in a run (contract workflow-engine 4.1): `root` starts it, `response` writes the answer, `branch` chooses one of its handles,
 * `container` runs a graph of its own, `executable` is everything else.
 */
export type ExecutionKind = 'root' | 'executable' | 'response' | 'branch' | 'container';

/** A kind of node, at one version. Adding one touches its folder and the list in `node-types.ts`. */
export interface NodeType {
  /** As `data.type` of a node names it. */
  readonly type: string;
  /** As `data.version` names it. */
  readonly version: string;
  readonly execution: ExecutionKind;
  /** Reads a node's configuration, once a graph. Throws `NodeConfigError` (or a `ZodError`, whose paths become fields). */
  compile(data: NodeData, context: NodeCompileContext): CompiledNode;
}

/** A node's `data` as the DSL file has it, with the fields common to all nodes (contract workflow-engine 6). */
export interface NodeData extends Record<string, unknown> {
  type: string;
  title: string;
  version: string;
}

/** What a node may ask while it is compiled. */
export interface NodeCompileContext {
  readonly nodeId: string;
  /** Says something about the configuration that does not keep the node from running. */
  warn(field: string, message: string): void;
}

/** A node that is ready to run: everything that can be read from the configuration has been read. Holds no state of a run. */
export interface CompiledNode {
  /** The variables the node reads, by the names a single-step run calls them (contract workflow-engine 11). */
  readonly reads: Readonly<Record<string, Selector>>;
  /**
   * Whether running the node again after a crash does no harm. Where not, the engine awaits `ports.beforeEffect` first, and a run that is found
   * with the node begun and unfinished ends as failed.
   */
  readonly repeatable: boolean;
  /** Outputs that come piece by piece through `context.stream`. Default none. Others may come so as well; the node then closes them itself. */
  readonly streams?: readonly string[];
  /** For nodes of kind `response`: what is streamed to the reader, and from where. */
  readonly response?: ResponseTemplate;
  /** Variables outside the node itself that it writes (assigners). */
  readonly writes?: readonly Selector[];
  /** The handles a branch can choose; edges from other handles are never taken. Undefined: only `source`. */
  readonly handles?: readonly string[];
  /** What `node_started` shows beside the usual, with wire names: the strategy of an agent. Pictures are put in by whoever sends the event. */
  readonly extras?: Readonly<Record<string, unknown>>;
  /** For start nodes: what a run must be given. */
  readonly form?: StartForm;
  /** For nodes of kind `container`. */
  readonly container?: ContainerPlan;
  /**
   * Does the node's work. A plain return costs no turn of the event loop. Throwing a `NodeFailure` or a `WorkflowError` is a failed node with that error;
   * any other error is one of type `WorkflowNodeError`. Not called for containers.
   */
  run(context: NodeContext): NodeResult | Promise<NodeResult>;
}

/** What a running node has at hand. */
export interface NodeContext {
  readonly nodeId: string;
  readonly title: string;
  /** The same for all attempts, and after a resume. */
  readonly executionId: string;
  /** 0, 1, ... over retries. */
  readonly attempt: number;
  /** The scope's variables. For reading only: what a node writes goes into its result. */
  readonly pool: Pick<VariablePool, 'get' | 'variables'>;
  readonly ports: WorkflowPorts;
  readonly facts: RunFacts;
  readonly limits: RunLimits;
  /** What the caller filled in, by variable name; checked against the start node's variables before the run. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Puts secrets into what leaves for the outside. What comes back is sealed by the engine. */
  readonly secrets: SecretVault;
  /** Fires on stop, on a failure elsewhere in the run, and at the time limit. */
  readonly signal: AbortSignal;
  /** Adds a piece to one of the node's `streams`. */
  stream(output: string, text: string): void;
  /** Ends a stream before the node ends; a node's open streams are ended when it succeeds. */
  closeStream(output: string): void;
  /** Tells something in the course of the work: retriever resources, agent logs. */
  emit(emission: NodeEmission): void;
  /**
   * For nodes that learn only while they run that they must not run twice: resolves when the start of the execution is stored. Nodes that are not `repeatable` need
   * not call it.
   */
  beforeEffect(): Promise<void>;
  /** For a template that shows a selector as its value or, when there is none, as its own text. */
  text(selector: Selector): string;
}

/** A node's configuration is wrong. */
export class NodeConfigError extends Error {
  constructor(
    /** Path in the node's `data`, dots between. */
    readonly field: string,
    message: string,
    readonly code: GraphProblem['code'] = 'INVALID_NODE_CONFIG',
  ) {
    super(message);
    this.name = 'NodeConfigError';
  }
}

export type { NodeResult, Segment };
