import type { LlmUsage } from '#engines/model-runtime';
import type { PauseReason, VariableUpdate } from '../nodes/node-result.js';
import type { Selector } from '../pool/selector.js';

/** Where in nested containers something happens. The same object for all events of a round. */
export interface ScopeInfo {
  /** "" for the run itself; `<container id>:<round>` joined by `/` inside. */
  readonly path: string;
  readonly iterationId?: string;
  readonly iterationIndex?: number;
  readonly loopId?: string;
  readonly loopIndex?: number;
}

/** A run began, or went on. */
export interface RunStarted {
  type: 'run_started';
  reason: 'initial' | 'resumption';
  /** Milliseconds since the epoch. */
  at: number;
}

interface NodeEventFields {
  scope: ScopeInfo;
  /** The node execution; the same over retries and resumes. */
  executionId: string;
  nodeId: string;
  nodeType: string;
  title: string;
}

/** A node began its work (not for containers and their start nodes). */
export interface NodeStarted extends NodeEventFields {
  type: 'node_started';
  at: number;
  extras: Readonly<Record<string, unknown>>;
}

/** A node has ended well (`succeeded`), failed with an error strategy at hand (`exception`), or failed the run (`failed`). */
export interface NodeFinished extends NodeEventFields {
  type: 'node_finished';
  status: 'succeeded' | 'failed' | 'exception';
  inputs: Record<string, unknown> | null;
  processData: Record<string, unknown> | null;
  outputs: Record<string, unknown>;
  metadata: Record<string, unknown> | null;
  error: string | null;
  errorType: string | null;
  usage: LlmUsage | null;
  /** The handle whose edges were taken. */
  handle: string;
  startedAt: number;
  at: number;
  /** Conversation variables to be stored; empty for all but assigners that succeeded. */
  conversationUpdates: readonly VariableUpdate[];
}

/** An attempt failed; another one follows after the pause of the node's retry settings. */
export interface NodeRetry extends NodeEventFields {
  type: 'node_retry';
  /** 1, 2, ... */
  retryIndex: number;
  error: string;
  errorType: string;
  inputs: Record<string, unknown> | null;
  processData: Record<string, unknown> | null;
  outputs: Record<string, unknown>;
  metadata: Record<string, unknown> | null;
  startedAt: number;
  at: number;
}

/** A piece of the answer. */
export interface TextChunk {
  type: 'chunk';
  scope: ScopeInfo;
  /** Who produced it. */
  nodeId: string;
  executionId: string;
  /** The variable it is a piece of. */
  selector: Selector;
  text: string;
  isFinal: boolean;
}

/** What was shown so far is replaced: after a crash, by the text up to the last finished node. */
export interface TextReplaced {
  type: 'text_replaced';
  text: string;
}

/** A container began, went on to a round, or ended. */
export interface ContainerStarted extends NodeEventFields {
  type: 'container_started';
  kind: 'iteration' | 'loop';
  inputs: Record<string, unknown>;
  metadata: Record<string, unknown>;
  at: number;
}
export interface ContainerNext extends NodeEventFields {
  type: 'container_next';
  kind: 'iteration' | 'loop';
  index: number;
  at: number;
}
export interface ContainerFinished extends NodeEventFields {
  type: 'container_finished';
  kind: 'iteration' | 'loop';
  status: 'succeeded' | 'failed';
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  metadata: Record<string, unknown>;
  steps: number;
  error: string | null;
  totalTokens: number;
  startedAt: number;
  at: number;
}

/** What a container says; the engine completes it. */
export type ContainerEvent =
  | { type: 'started'; inputs: Record<string, unknown>; metadata: Record<string, unknown> }
  | { type: 'next'; index: number }
  | {
      type: 'finished';
      status: 'succeeded' | 'failed';
      inputs: Record<string, unknown>;
      outputs: Record<string, unknown>;
      metadata: Record<string, unknown>;
      steps: number;
      error?: string;
    };

/** What a node says while it works. Fields with wire names go out as they are. */
export type NodeEmission =
  | { type: 'retriever_resources'; resources: readonly Record<string, unknown>[]; context: string }
  | { type: 'agent_log'; log: AgentLog }
  | { type: 'form_required'; form: Record<string, unknown> }
  | { type: 'form_filled'; form: Record<string, unknown> }
  | { type: 'form_timeout'; form: Record<string, unknown> };

/** A step of an agent (contract workflow-engine 9.2). */
export interface AgentLog {
  id: string;
  label: string;
  parent_id: string | null;
  error: string | null;
  status: string;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** A node said something while it works. */
export interface NodeSaid extends NodeEventFields {
  type: 'node_said';
  emission: NodeEmission;
}

interface RunEndFields {
  outputs: Record<string, unknown>;
  /** Node starts outside containers, retries included (traces nodes/iteration, nodes/loop). */
  steps: number;
  totalTokens: number;
  usage: LlmUsage | null;
  exceptionsCount: number;
  at: number;
}

/** How a run, or the part of it up to a pause, has ended. */
export type RunOutcome =
  | { type: 'run_succeeded' }
  | { type: 'run_partially_succeeded' }
  | { type: 'run_failed'; error: string; errorType: string; nodeId: string | null }
  | { type: 'run_aborted'; reason: string }
  | { type: 'run_paused'; reasons: readonly PauseReason[]; pausedNodes: readonly string[] };

/** The end of a run, or of the part up to a pause. The last event. */
export type RunEnded = RunEndFields & RunOutcome;

/** Everything a run tells, in order (contract workflow-engine 9). Secrets appear as their names. */
export type WorkflowEvent =
  | RunStarted
  | NodeStarted
  | NodeFinished
  | NodeRetry
  | NodeSaid
  | TextChunk
  | TextReplaced
  | ContainerStarted
  | ContainerNext
  | ContainerFinished
  | RunEnded;
