import type { LlmUsage } from '#engines/model-runtime';
import type { Selector } from '../pool/selector.js';
import type { Segment } from '../values/segment.js';

/** A variable of the pool that a node has changed. */
export interface VariableUpdate {
  selector: Selector;
  segment: Segment;
}

/** What a node tells about how it went, also when it failed. Values are plain data (or segments, for a type of its own). */
interface NodeAccount {
  /** Shown as the inputs of the node. Default none. */
  inputs?: Record<string, unknown>;
  processData?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  /** `tool_info`, `agent_log`, ... with their wire names (contract workflow-engine 6). */
  metadata?: Record<string, unknown>;
  /** What models used; rolled up into the run. */
  usage?: LlmUsage;
  /** Written to the pool in this order. Those of `conversation` are announced for storing when the node succeeded. */
  updates?: readonly VariableUpdate[];
}

export interface NodeSuccess extends NodeAccount {
  status: 'succeeded';
  /** The handle whose edges are taken. Default `source`. A branch must choose one. */
  handle?: string;
  /** Ends the loop around the node after this round. */
  endsLoop?: boolean;
}

export interface NodeFailed extends NodeAccount {
  status: 'failed';
  error: string;
  /** May be empty (contract workflow-engine 7 says where). */
  errorType: string;
}

/** The node waits for something outside; the run pauses. The node runs again, with the same execution id, when the run is resumed. */
export interface NodePaused {
  status: 'paused';
  reason: PauseReason;
}

export type NodeResult = NodeSuccess | NodeFailed | NodePaused;

/** Why a run pauses. Further fields are those of the wire. */
export type PauseReason =
  | { type: 'human_input_required'; nodeId: string; nodeTitle: string; formId: string; [field: string]: unknown }
  | { type: 'scheduled_pause'; message: string };

/** A success with outputs and nothing else. */
export function succeeded(outputs: Record<string, unknown>, inputs?: Record<string, unknown>): NodeSuccess {
  return inputs === undefined ? { status: 'succeeded', outputs } : { status: 'succeeded', outputs, inputs };
}

/** A failure with its error. */
export function failed(error: string, errorType: string, account: NodeAccount = {}): NodeFailed {
  return { status: 'failed', error, errorType, ...account };
}
