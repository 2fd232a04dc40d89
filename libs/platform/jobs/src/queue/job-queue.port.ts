import type { Backoff } from '../contract/job-contract.js';

/** One attempt at a job, as a processor gets it. */
export interface JobAttempt<P = unknown> {
  /** Id of the job, the same in every attempt. */
  readonly id: string;
  readonly name: string;
  /** The checked payload. */
  readonly data: P;
  /** From 1. */
  readonly attempt: number;
  readonly attempts: number;
  /** Fires when the time of the attempt is over or the process stops; what the processor does afterwards counts for nothing. */
  readonly signal: AbortSignal;
}

/** Where a job is. */
export type JobState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed';

/** A job as a queue knows it. */
export interface JobHandle {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  /** Attempts that failed. */
  readonly attemptsMade: number;
  /** Why the last attempt failed. */
  readonly failedReason?: string;
  getState(): Promise<JobState>;
}

/** How a job is added. */
export interface AddOptions {
  /** A UUID; a second job of the same id is ignored while the first is remembered. */
  jobId?: string;
  /** Unit: milliseconds. */
  delay?: number;
  /** Attempts at most. Default 1. */
  attempts?: number;
  backoff?: Backoff;
}

/** A job to add, in Bull's words. */
export interface JobToAdd {
  name: string;
  data: unknown;
  opts?: AddOptions;
}

/** What a processor method is to a queue. */
export type JobHandler = (attempt: JobAttempt) => Promise<unknown>;

/** What a queue tells: within the process that did the job. */
export interface JobQueueEvents {
  active: [job: JobHandle];
  completed: [job: JobHandle, result: unknown];
  failed: [job: JobHandle, error: Error];
  error: [error: Error];
}

/**
 * All that is used of Bull's queues, behind Bull's own queue tokens; the embedded queue does the same. Services use `Jobs`, which
 * checks payloads and joins transactions; this is for processors (`@Processor`, `@Process`) and for tests.
 */
export interface JobQueue {
  readonly name: string;
  /** Bull's signature: `(name?, concurrency?, handler)`. Slots of all handlers of a queue add up. Nothing runs before the worker starts. */
  process(...args: (string | number | JobHandler)[]): void;
  add(name: string, data: unknown, options?: AddOptions): Promise<JobHandle>;
  addBulk(jobs: readonly JobToAdd[]): Promise<JobHandle[]>;
  on<E extends keyof JobQueueEvents>(event: E, listener: (...args: JobQueueEvents[E]) => void): this;
  /** Null for a job that is unknown, forgotten or dead. */
  getJob(id: string): Promise<JobHandle | null>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Takes no more jobs and waits for those at work. */
  close(): Promise<void>;
}
