import type { z } from 'zod';
import type { JobQueueName } from './job-queues.js';

/** Waits between attempts: `delayMs`, doubled each time, up to `maxMs`, and up to a tenth longer by chance. */
export interface Backoff {
  /** Wait after the first failed attempt. Unit: milliseconds. */
  delayMs: number;
  /** Longest wait. Unit: milliseconds. */
  maxMs: number;
}

/** What a job is: shared by those who enqueue it and the processor that does it. */
export interface JobContract<N extends string = string, S extends z.ZodType = z.ZodType> {
  /** `<thing>.<verb>`, stable: it is stored with every waiting job. */
  readonly name: N;
  readonly queue: JobQueueName;
  /** Ids and small values, as JSON. Checked when enqueued and again when processed, as it may have crossed a deploy. */
  readonly payload: S;
  /** Attempts until the job is put among the dead ones. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** Longest time of one attempt; then its signal fires and it counts as failed. Unit: milliseconds. */
  readonly timeoutMs: number;
}

/** What a processor gets. */
export type PayloadOf<J extends JobContract> = z.output<J['payload']>;

/** What an enqueuer hands in. */
export type PayloadInputOf<J extends JobContract> = z.input<J['payload']>;

/** A contract as it is written down; what is left out has a default. */
export interface JobDefinition<N extends string, S extends z.ZodType> {
  name: N;
  queue: JobQueueName;
  payload: S;
  /** Default 5. */
  attempts?: number;
  /** Default: 2 s, up to 5 minutes. */
  backoff?: Partial<Backoff>;
  /** Default: 60 s. Unit: milliseconds. */
  timeoutMs?: number;
}

/** Declares a job, in `<feature>/jobs/<what>.job.ts`. Its module registers it by `JobsModule.forFeature`. */
export function defineJob<const N extends string, S extends z.ZodType>(definition: JobDefinition<N, S>): JobContract<N, S> {
  const { name, queue, payload, attempts = 5, timeoutMs = 60_000 } = definition;
  return { name, queue, payload, attempts, timeoutMs, backoff: { delayMs: 2000, maxMs: 300_000, ...definition.backoff } };
}

/** The wait after a failed attempt, counted from 1. Unit: milliseconds. */
export function backoffMs(failedAttempts: number, backoff: Backoff): number {
  const wait = Math.min(backoff.maxMs, backoff.delayMs * 2 ** Math.min(failedAttempts - 1, 30));
  return Math.round(wait * (1 + Math.random() * 0.1));
}
