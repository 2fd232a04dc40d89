import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import type { Tx } from '#platform/database';
import type { JobContract, PayloadInputOf } from './contract/job-contract.js';
import { JobPayloadError } from './jobs.errors.js';
import { JobsRegistry } from './jobs.registry.js';
import { jobIdOf, JobSink, type StoredJob } from './stored-job.js';

/** Payloads hold ids; what is large is read by the processor. Unit: characters of JSON. */
const LARGEST_PAYLOAD = 256 * 1024;

/** How a job is enqueued. */
export interface EnqueueOptions {
  /** The open transaction: the job exists if and only if that commits. */
  tx?: Tx;
  /** Wait before the first attempt. Default 0. Unit: milliseconds. */
  delayMs?: number;
  /** A key of the thing to be done: while a job of that key waits, runs or is remembered, another one is ignored. */
  jobId?: string;
}

/** Hands work over to happen later, at least once. A job that was enqueued survives restarts and outages of Redis. */
@Injectable()
export class Jobs {
  constructor(
    private readonly sink: JobSink,
    private readonly registry: JobsRegistry,
  ) {}

  /** Enqueues a job. Returns its id. @throws JobPayloadError when the payload does not fit; `database_unavailable`. */
  async enqueue<J extends JobContract>(job: J, payload: PayloadInputOf<J>, options: EnqueueOptions = {}): Promise<string> {
    const stored = this.store(job, payload, options);
    await this.sink.put([stored], options.tx);
    return stored.id;
  }

  /** Enqueues many jobs of one kind in one statement. Returns their ids in the same order. */
  async enqueueMany<J extends JobContract>(
    job: J,
    payloads: readonly PayloadInputOf<J>[],
    options: Omit<EnqueueOptions, 'jobId'> = {},
  ): Promise<string[]> {
    const stored = payloads.map((payload) => this.store(job, payload, options));
    if (stored.length > 0) await this.sink.put(stored, options.tx);
    return stored.map(({ id }) => id);
  }

  private store(job: JobContract, payload: unknown, options: EnqueueOptions): StoredJob {
    if (this.registry.find(job.name) !== job)
      throw new JobPayloadError(job.name, 'the job is not registered; add it to JobsModule.forFeature of its feature.');
    const checked = job.payload.safeParse(payload);
    if (!checked.success) throw new JobPayloadError(job.name, checked.error.message, checked.error);
    const text = JSON.stringify(payload);
    if (text.length > LARGEST_PAYLOAD)
      throw new JobPayloadError(job.name, `it has ${String(text.length)} characters; put ids in and let the processor read the rest.`);
    return {
      id: options.jobId === undefined ? uuidv7() : jobIdOf(job.name, options.jobId),
      queue: job.queue,
      name: job.name,
      payload: text,
      attempts: job.attempts,
      backoff: job.backoff,
      delayMs: options.delayMs ?? 0,
    };
  }
}
