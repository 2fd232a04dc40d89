import type { Clock } from '#common';

/**
 * All that a run reaches outside for, bound to one workspace, app and person. A node whose port is absent fails and says so. Tests hand in doubles; the
 * application hands in the real things.
 */
export interface WorkflowPorts {
  readonly clock: Clock;
  /** Ids of node executions. */
  newId(): string;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Awaited before a node that must not run twice does anything outside: resolves when the start of its execution is stored. Absent where nothing is
   * stored.
   */
  beforeEffect?(node: { scope: string; nodeId: string; executionId: string }): Promise<void>;
}
