import type { VariablePool } from '../pool/variable-pool.js';
import type { ContainerEvent } from '../run/events.js';
import type { NodeResult } from './node-result.js';
import type { LlmUsage } from '#engines/model-runtime';

/**
 * A node that runs a graph of its own, once a round. It is a reducer: it says which round to start, is told how each ended, and keeps
 * what it knows in a plain JSON state. So a run can be stopped and resumed inside, from journal or snapshot.
 */
export interface ContainerPlan {
  /** The node at which each round starts. */
  readonly startNodeId: string;
  /** `iteration` or `loop`: names the events and the fields that carry the scope. */
  readonly kind: 'iteration' | 'loop';
  /** Begins. A result ends the node at once. */
  begin(context: ContainerContext): NodeResult | undefined;
  /** A round has ended. A result ends the node; rounds still running are then given up. */
  roundEnded(context: ContainerContext, round: RoundOutcome): NodeResult | undefined;
}

/** How a round ended. */
export interface RoundOutcome {
  index: number;
  status: 'succeeded' | 'failed';
  /** The round's variables, as they are at its end. */
  pool: VariablePool;
  /** Merged outputs of response nodes inside. */
  outputs: Record<string, unknown>;
  error?: string;
  errorType?: string;
  /** A loop-end node was reached. */
  endedLoop: boolean;
  usage: LlmUsage | null;
  totalTokens: number;
  /** Seconds. */
  elapsed: number;
}

/** What a container may do. */
export interface ContainerContext {
  readonly nodeId: string;
  readonly title: string;
  /** Plain JSON (values of the pool allowed), owned by the container. Kept in snapshots. */
  state: Record<string, unknown>;
  /** The pool of the scope the container stands in. */
  readonly pool: VariablePool;
  /** The ids of the nodes inside. */
  readonly innerNodeIds: readonly string[];
  /** Starts a round with the pool given: a fork, or the container's own. */
  startRound(index: number, pool: VariablePool, options?: { buffered?: boolean }): void;
  emit(event: ContainerEvent): void;
  /** Adds the `answer` of a round to that of the scope (loops do). */
  mergeAnswer(outputs: Record<string, unknown>): void;
  /** Milliseconds since the epoch; stands still within a step. */
  now(): number;
}
