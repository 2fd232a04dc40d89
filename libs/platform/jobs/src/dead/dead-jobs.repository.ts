import { isUuid, storableText } from '#common';
import type { Sql, Tx } from '#platform/database';
import type { JobQueueName } from '../contract/job-queues.js';
import type { StoredJob } from '../stored-job.js';
import type { DeadJob } from './dead-jobs.js';

const LONGEST_ERROR = 4000;

interface DeadJobRow {
  id: string;
  queue: JobQueueName;
  name: string;
  payload: string;
  attempts: number;
  backoff_ms: number;
  backoff_max_ms: number;
  attempts_made: number;
  error: string;
  failed_at: Date;
}

/** Statements on `dead_jobs`. */
export class DeadJobsRepository {
  constructor(private readonly sql: Sql) {}

  async list(name: string | null, limit: number): Promise<DeadJob[]> {
    const rows = await this.sql.rows<DeadJobRow>(
      'select * from dead_jobs where $1::text is null or name = $1 order by failed_at desc, id desc limit $2',
      [name, limit],
    );
    return rows.map((row) => ({
      id: row.id,
      queue: row.queue,
      name: row.name,
      payload: row.payload,
      attemptsMade: row.attempts_made,
      error: row.error,
      failedAt: row.failed_at,
    }));
  }

  async take(id: string, tx?: Tx): Promise<Omit<StoredJob, 'delayMs'> | null> {
    if (!isUuid(id)) return null;
    const row = await this.sql.row<DeadJobRow>('delete from dead_jobs where id = $1 returning *', [id], tx);
    if (row === null) return null;
    return {
      id: row.id,
      queue: row.queue,
      name: row.name,
      payload: row.payload,
      attempts: row.attempts,
      backoff: { delayMs: row.backoff_ms, maxMs: row.backoff_max_ms },
    };
  }

  async insert(job: Omit<StoredJob, 'delayMs'> & { attemptsMade: number; error: string }, tx?: Tx): Promise<void> {
    await this.sql.run(
      `insert into dead_jobs (id, queue, name, payload, attempts, backoff_ms, backoff_max_ms, attempts_made, error)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
      [
        job.id,
        job.queue,
        job.name,
        job.payload,
        job.attempts,
        job.backoff.delayMs,
        job.backoff.maxMs,
        job.attemptsMade,
        storableText(job.error.slice(0, LONGEST_ERROR)),
      ],
      tx,
    );
  }
}
