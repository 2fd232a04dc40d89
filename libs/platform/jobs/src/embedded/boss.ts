import { Injectable } from '@nestjs/common';
import type PgBoss from 'pg-boss';
import { Sql, type Tx } from '#platform/database';
import type { Backoff } from '../contract/job-contract.js';
import type { JobQueueName } from '../contract/job-queues.js';
import type { JobState } from '../queue/job-queue.port.js';
import type { StoredJob } from '../stored-job.js';
import { type JobsConnection, prepareJobs } from './prepare-jobs.js';

/** What is stored with a job. The payload is text within the JSON: jsonb would refuse characters that text may hold. */
interface Envelope {
  name: string;
  payload: string;
  attempts: number;
  backoff: Backoff;
}

/** A job row as queues need it. */
export interface BossJob extends Omit<StoredJob, 'delayMs'> {
  /** Attempts that were begun before this one. */
  attemptsBegun: number;
  state: JobState;
  error?: string;
}

interface DueQueue {
  name: JobQueueName;
  due_in_ms: number;
}

interface ActiveRow {
  id: string;
  name: JobQueueName;
  data: Envelope;
  retry_count: number;
}

/**
 * pg-boss 10 over the database of this process. Jobs are inserted, fetched, completed and read by its API; what it has none for
 * (a wait in milliseconds, taking back what a dead process held) are statements on its tables, which is why its version is pinned.
 */
@Injectable()
export class Boss {
  private boss: Promise<PgBoss> | undefined;

  constructor(private readonly sql: Sql) {}

  /** Makes tables and queues where they are missing; the prepared data directory has them already. */
  async prepare(): Promise<void> {
    await prepareJobs(this.connection());
  }

  /** Jobs whose id exists are left out. */
  async insert(jobs: readonly StoredJob[], tx?: Tx): Promise<void> {
    const rows = jobs.map((job) => ({
      id: job.id,
      name: job.queue,
      data: { name: job.name, payload: job.payload, attempts: job.attempts, backoff: job.backoff } satisfies Envelope,
      startAfter: String(job.delayMs / 1000),
      retryLimit: Math.max(0, job.attempts - 1),
    }));
    await (await this.api()).insert(rows, { db: this.db(tx) });
  }

  /** Takes jobs whose time has come. Empty, too, while the database can't be reached. */
  async fetch(queue: JobQueueName, atMost: number): Promise<BossJob[]> {
    const jobs = await (await this.api()).fetch<Envelope>(queue, { batchSize: atMost, includeMetadata: true });
    return jobs.map((job) => toBossJob(queue, job));
  }

  async complete(queue: JobQueueName, id: string): Promise<void> {
    await (await this.api()).complete(queue, id);
  }

  async find(queue: JobQueueName, id: string): Promise<BossJob | null> {
    const job = await (await this.api()).getJobById<Envelope>(queue, id);
    return job === null ? null : toBossJob(queue, job);
  }

  /** Gives a job back for another attempt after a wait. */
  async retryLater(queue: JobQueueName, id: string, delayMs: number, error: string): Promise<void> {
    await this.sql.run(
      `update pgboss.job set state = 'retry', start_after = now() + $3 * interval '1 millisecond', output = $4::jsonb
       where name = $1 and id = $2 and state = 'active'`,
      [queue, id, delayMs, JSON.stringify({ message: error })],
    );
  }

  async remove(queue: JobQueueName, id: string, tx?: Tx): Promise<void> {
    await (await this.api()).deleteJob(queue, id, { db: this.db(tx) });
  }

  /** For every queue with waiting jobs, the time until the first is due; negative when it is due already. */
  async due(): Promise<DueQueue[]> {
    return this.sql.rows<DueQueue>(
      `select name, (extract(epoch from min(start_after) - clock_timestamp()) * 1000)::float8 as due_in_ms from pgboss.job where state < 'active' group by name`,
    );
  }

  /** Gives back what a process held that is gone; those that had their last attempt are returned, for the dead. */
  async reclaim(): Promise<BossJob[]> {
    await this.sql.run(`update pgboss.job set state = 'retry', start_after = now() where state = 'active' and retry_count < retry_limit`);
    const rows = await this.sql.rows<ActiveRow>(`select id, name, data, retry_count from pgboss.job where state = 'active'`);
    return rows.map((row) => ({ ...row.data, id: row.id, queue: row.name, attemptsBegun: row.retry_count, state: 'active' }));
  }

  /** Forgets finished jobs. */
  async purge(olderThanSeconds: number): Promise<void> {
    await this.sql.run(`delete from pgboss.job where state >= 'completed' and completed_on < now() - make_interval(secs => $1)`, [
      olderThanSeconds,
    ]);
  }

  private api(): Promise<PgBoss> {
    this.boss ??= import('pg-boss').then(
      ({ default: Api }) => new Api({ db: this.db(), supervise: false, schedule: false, migrate: false }),
    );
    return this.boss;
  }

  private db(tx?: Tx): PgBoss.Db {
    return { executeSql: async (text, values) => ({ rows: await this.sql.rows(text, values, tx) }) };
  }

  private connection(): JobsConnection {
    return { query: async (text, values) => ({ rows: await this.sql.rows(text, values) }) };
  }
}

function toBossJob(queue: JobQueueName, job: PgBoss.JobWithMetadata<Envelope>): BossJob {
  const error = (job.output as { message?: unknown } | null)?.message;
  // The count goes up with the next attempt only, when the job is taken again.
  const attemptsBegun = job.retryCount + (job.state === 'retry' ? 1 : 0);
  return { ...job.data, id: job.id, queue, attemptsBegun, state: stateOf(job), ...(typeof error === 'string' ? { error } : {}) };
}

function stateOf(job: PgBoss.JobWithMetadata<Envelope>): JobState {
  switch (job.state) {
    case 'created':
    case 'retry':
      return job.startAfter.getTime() > Date.now() ? 'delayed' : 'waiting';
    case 'active':
    case 'completed':
      return job.state;
    case 'cancelled':
    case 'failed':
      return 'failed';
  }
}
