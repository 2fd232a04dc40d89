import type { Sql, Tx } from '#platform/database';
import type { JobQueueName } from '../contract/job-queues.js';
import type { StoredJob } from '../stored-job.js';

interface OutboxRow {
  id: string;
  queue: JobQueueName;
  name: string;
  payload: string;
  /** JSON of {@link OutboxOptions}. */
  options: string;
  due_in_ms: number;
}

type OutboxOptions = Pick<StoredJob, 'attempts' | 'backoff'>;

/** Statements on `job_outbox`: jobs that are committed and not yet in Redis. */
export class OutboxRepository {
  constructor(private readonly sql: Sql) {}

  async insert(jobs: readonly StoredJob[], tx?: Tx): Promise<void> {
    const rows = jobs.map(({ id, queue, name, payload, delayMs, attempts, backoff }) => {
      const options = JSON.stringify({ attempts, backoff } satisfies OutboxOptions);
      return { id, queue, name, payload, options, delay_ms: delayMs };
    });
    await this.sql.run(
      `insert into job_outbox (id, queue, name, payload, options, run_at)
       select id, queue, name, payload, options, now() + delay_ms * interval '1 millisecond'
       from json_to_recordset($1) as x(id uuid, queue text, name text, payload text, options text, delay_ms float8)
       on conflict (id) do nothing`,
      [JSON.stringify(rows)],
      tx,
    );
  }

  async isEmpty(): Promise<boolean> {
    return (await this.sql.row('select 1 from job_outbox limit 1')) === null;
  }

  /** Locks rows that nobody else is handing over. */
  async claim(atMost: number, tx: Tx): Promise<StoredJob[]> {
    const rows = await this.sql.rows<OutboxRow>(
      `select id, queue, name, payload, options,
              greatest(0, extract(epoch from run_at - clock_timestamp()) * 1000)::float8 as due_in_ms
       from job_outbox order by run_at, id limit $1 for update skip locked`,
      [atMost],
      tx,
    );
    return rows.map((row) => ({
      id: row.id,
      queue: row.queue,
      name: row.name,
      payload: row.payload,
      ...(JSON.parse(row.options) as OutboxOptions),
      delayMs: Math.round(row.due_in_ms),
    }));
  }

  async delete(ids: readonly string[], tx: Tx): Promise<void> {
    await this.sql.run('delete from job_outbox where id = any($1::uuid[])', [ids], tx);
  }
}
