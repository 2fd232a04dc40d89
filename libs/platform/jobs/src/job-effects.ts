import { Injectable } from '@nestjs/common';
import { Sql, Transactions, type Tx } from '#platform/database';
import { jobIdOf } from './stored-job.js';

/** How long a done effect is remembered; no job comes back later. */
const KEEP = '14 days';
const SWEEP_EVERY_MS = 3_600_000;

/** For effects that are not idempotent by themselves: done once although the job runs twice. */
@Injectable()
export class JobEffects {
  private sweptAt = 0;

  constructor(
    private readonly sql: Sql,
    private readonly transactions: Transactions,
  ) {}

  /** Runs the work in a transaction unless it was committed before under this key (the job's id, or id and step). False: it was. */
  async once(key: string, work: (tx: Tx) => Promise<void>): Promise<boolean> {
    await this.sweep();
    return this.transactions.run(async (tx) => {
      const id = jobIdOf('effect', key);
      const isFirst = (await this.sql.run('insert into job_effects (id) values ($1) on conflict (id) do nothing', [id], tx)) === 1;
      if (isFirst) await work(tx);
      return isFirst;
    });
  }

  private async sweep(): Promise<void> {
    if (Date.now() - this.sweptAt < SWEEP_EVERY_MS) return;
    this.sweptAt = Date.now();
    await this.sql.run(`delete from job_effects where done_at < now() - interval '${KEEP}'`);
  }
}
