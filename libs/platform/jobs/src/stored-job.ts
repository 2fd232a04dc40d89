import { createHash } from 'node:crypto';
import { isUuid } from '#common';
import type { Tx } from '#platform/database';
import type { Backoff } from './contract/job-contract.js';
import type { JobQueueName } from './contract/job-queues.js';

/** A job on its way into a queue: all that its attempts need, and the payload as JSON text. */
export interface StoredJob {
  id: string;
  queue: JobQueueName;
  name: string;
  payload: string;
  attempts: number;
  backoff: Backoff;
  /** Wait before the first attempt. Unit: milliseconds. */
  delayMs: number;
}

/** Takes jobs durably: with the caller's transaction, or at once. */
export abstract class JobSink {
  /** Jobs whose id is known already are left out. */
  abstract put(jobs: readonly StoredJob[], tx?: Tx): Promise<void>;
}

/** The id under which a job of a given key is stored: a UUID as it is, of any other text a UUID (version 8) made from its hash. */
export function jobIdOf(job: string, key: string): string {
  const isId: boolean = isUuid(key);
  if (isId) return key.toLowerCase();
  const hex = createHash('sha256').update(`${job}\n${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
