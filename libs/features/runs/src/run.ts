import type { AppMode } from '#platform/http';

/** Why a run was told to end early. */
export type AbortReason = 'stopped' | 'time_limit' | 'shutdown' | 'fenced';

/** How a finished run ended. */
export type RunOutcome = 'succeeded' | 'failed' | 'stopped';

/** Where a run is: accepted runs wait for a worker, running ones have an owner that executes them. */
export type RunState = 'accepted' | 'running' | 'paused' | 'finished';

/** Whom a run belongs to: `end-user:<id>` or `account:<id>`. */
export type RunPrincipal = `end-user:${string}` | `account:${string}`;

/** A row of the ledger. */
export interface LedgerRun {
  /** Also the `task_id` of the wire. */
  id: string;
  tenantId: string;
  appId: string;
  mode: AppMode;
  /** The message or workflow run that the run fills. */
  subjectId: string;
  principal: RunPrincipal;
  state: RunState;
  outcome: RunOutcome | null;
  /** Why it failed or was stopped, in words. */
  reason: string | null;
  /** Process that executes it. */
  owner: string;
  /** Grows with each take-over. */
  fence: number;
}
