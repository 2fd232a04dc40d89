import type { CodeFailureReason } from '../sandbox.errors.js';
import type { LimitName, SandboxLimits } from '../sandbox-limits.js';

/** What a worker is started with, as JSON in its first argument. */
export interface WorkerOptions {
  /** Cap of the interpreter's memory. Unit: bytes. */
  memoryBytes: number;
}

/** One run, sent to a worker that is idle. */
export interface RunMessage {
  id: number;
  code: string;
  /** The inputs as JSON text; floats are written with a point. */
  inputs: string;
  /** Random bytes in hex, for the generators that start anew with each run. */
  seed: string;
  limits: Pick<SandboxLimits, 'timeoutMs' | 'outputBytes' | 'resultLength'>;
}

/** How a run failed, as the worker tells it. */
export interface ReportedFailure {
  reason: Extract<CodeFailureReason, 'exception' | 'syntax' | 'result' | 'limit'>;
  message: string;
  exceptionType?: string;
  exceptionMessage?: string;
  line?: number;
  /** With reason `limit`. */
  limit?: LimitName;
}

/** The end of a run. */
export interface Answer {
  id: number;
  stdout: string;
  /** Whether the worker can't be used again, so that a new one has to take its place. */
  isSpent: boolean;
  outcome: { json: string } | { failure: ReportedFailure };
}

/** What a worker sends: once that it is ready, then one answer a run. */
export type WorkerMessage = { type: 'ready' } | { type: 'answer'; answer: Answer };
