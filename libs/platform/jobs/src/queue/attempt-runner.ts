import { Injectable, Logger } from '@nestjs/common';
import { AbortScope, UnexpectedError } from '#common';
import { requestContext } from '#platform/telemetry';
import { JobInterruptedError, JobRejectedError, JobTimeoutError } from '../jobs.errors.js';
import { JobsRegistry } from '../jobs.registry.js';
import type { JobHandler } from './job-queue.port.js';

/** A job that a queue took out for one attempt; the payload is still text. */
export interface TakenJob {
  id: string;
  queue: string;
  name: string;
  payload: string;
  /** From 1. */
  attempt: number;
  attempts: number;
}

/** Runs attempts, the same way for both queues: payload check, time limit, interruption at a stop, one line of log a failure. */
@Injectable()
export class AttemptRunner {
  private readonly logger = new Logger('Jobs');
  private readonly handlers = new Map<string, JobHandler>();
  private readonly stop = new AbortController();

  constructor(private readonly registry: JobsRegistry) {}

  /** Remembers who does a job. */
  handle(queue: string, name: string, handler: JobHandler): void {
    this.registry.addHandler(queue, name);
    this.handlers.set(name, handler);
  }

  /** Interrupts all attempts. */
  interrupt(): void {
    this.stop.abort(new JobInterruptedError());
  }

  /** One attempt. Rejects with what the handler threw, or with JobRejectedError where further attempts are of no use. */
  run(job: TakenJob): Promise<unknown> {
    return requestContext.run({ jobId: job.id }, () => this.attemptAndReport(job));
  }

  private async attemptAndReport(job: TakenJob): Promise<unknown> {
    try {
      return await this.attempt(job);
    } catch (error) {
      const isLast = error instanceof JobRejectedError || job.attempt >= job.attempts;
      const facts = { job: job.name, attempt: job.attempt, attempts: job.attempts, error };
      if (error instanceof JobInterruptedError) this.logger.warn('a job was interrupted and runs again later', facts);
      else if (isLast) this.logger.error('a job failed for good', facts);
      else this.logger.warn('an attempt at a job failed', facts);
      throw error;
    }
  }

  private async attempt(job: TakenJob): Promise<unknown> {
    const contract = this.registry.find(job.name);
    const handler = this.handlers.get(job.name);
    if (contract === undefined || handler === undefined) {
      throw new UnexpectedError({
        code: 'job_unknown',
        status: 500,
        message: `This process knows no job ${job.name}; it may belong to another version.`,
      });
    }
    const data = contract.payload.safeParse(JSON.parse(job.payload));
    if (!data.success) throw new JobRejectedError(`The payload of job ${job.name} does not fit its contract.`, data.error);
    const { tenantId } = data.data as { tenantId?: unknown };
    if (typeof tenantId === 'string') requestContext.set({ tenantId });
    const { timeoutMs } = contract;
    const scope = new AbortScope({
      follow: [this.stop.signal],
      afterMs: timeoutMs,
      reason: () => new JobTimeoutError(job.name, timeoutMs),
    });
    const { signal } = scope;
    try {
      signal.throwIfAborted();
      const { id, name, attempt, attempts } = job;
      return await Promise.race([rejectionOf(signal), handler({ id, name, data: data.data, attempt, attempts, signal })]);
    } finally {
      scope.end();
    }
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  const rejection = new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  rejection.catch(() => undefined);
  return rejection;
}
