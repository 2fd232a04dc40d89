import { Injectable } from '@nestjs/common';
import { NotFoundError } from '#common';
import { Sql, Transactions, type Tx } from '#platform/database';
import type { Backoff } from '../contract/job-contract.js';
import type { JobQueueName } from '../contract/job-queues.js';
import { JobSink, type StoredJob } from '../stored-job.js';
import { DeadJobsRepository } from './dead-jobs.repository.js';

/** A job that failed for good. */
export interface DeadJob {
  id: string;
  queue: JobQueueName;
  name: string;
  /** JSON text. */
  payload: string;
  /** Attempts that were made. */
  attemptsMade: number;
  /** Message of the last failure. */
  error: string;
  failedAt: Date;
}

/** The jobs that failed for good, until somebody retries or drops them. */
@Injectable()
export class DeadJobs {
  private readonly rows: DeadJobsRepository;

  constructor(
    sql: Sql,
    private readonly transactions: Transactions,
    private readonly sink: JobSink,
  ) {
    this.rows = new DeadJobsRepository(sql);
  }

  /** Dead jobs, the newest first. */
  list(filter: { name?: string; limit?: number } = {}): Promise<DeadJob[]> {
    return this.rows.list(filter.name ?? null, filter.limit ?? 100);
  }

  /** Puts a job back into its queue under its old id, with all its attempts. @throws NotFoundError `dead_job_not_found`. */
  async retry(id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const job = await this.rows.take(id, tx);
      if (job === null) throw unknown(id);
      await this.sink.put([{ ...job, delayMs: 0 }], tx);
    });
  }

  /** Forgets a job. @throws NotFoundError `dead_job_not_found`. */
  async drop(id: string): Promise<void> {
    if ((await this.rows.take(id)) === null) throw unknown(id);
  }

  /** Records a failure; queues do it. Recording the same job twice changes nothing. */
  async record(job: Omit<StoredJob, 'delayMs'> & { attemptsMade: number; error: string; backoff: Backoff }, tx?: Tx): Promise<void> {
    await this.rows.insert(job, tx);
  }
}

function unknown(id: string): NotFoundError {
  return new NotFoundError(`There is no dead job ${id}.`, 'dead_job_not_found');
}
