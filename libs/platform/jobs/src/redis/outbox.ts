import { Injectable, Logger } from '@nestjs/common';
import { UnavailableError } from '#common';
import { RedisConnections } from '#platform/bus';
import { JobsConfig, RedisConfig } from '#platform/config';
import { Sql, Transactions, type Tx } from '#platform/database';
import type { JobQueueName } from '../contract/job-queues.js';
import { JobSink, type StoredJob } from '../stored-job.js';
import { WakeLoop } from '../wake-loop.js';
import { OutboxRepository } from './outbox.repository.js';

/** Rows handed over in one go. */
const BATCH = 100;

/** Puts a batch into a queue of Redis under the jobs' own ids. */
export type HandOver = (queue: JobQueueName, jobs: readonly StoredJob[]) => Promise<void>;

/**
 * Jobs on their way to Redis: written with the caller's transaction, handed over right after the commit by the same process or
 * later by any. A row goes only once Redis has the job; handing it over twice adds it once, as the row's id is the job's id.
 */
@Injectable()
export class Outbox extends JobSink {
  private readonly logger = new Logger('Jobs');
  private readonly rows: OutboxRepository;
  private handOver: HandOver | null = null;
  private isFailing = false;
  private readonly loop = new WakeLoop(
    () => this.relay(),
    (error) => this.failed(error),
  );

  constructor(
    sql: Sql,
    private readonly transactions: Transactions,
    private readonly connections: RedisConnections,
    private readonly config: JobsConfig,
    private readonly redis: RedisConfig,
  ) {
    super();
    this.rows = new OutboxRepository(sql);
  }

  override async put(jobs: readonly StoredJob[], tx?: Tx): Promise<void> {
    await this.rows.insert(jobs, tx);
    const wake = (): void => {
      if (this.handOver !== null) this.loop.wake();
    };
    if (tx === undefined) wake();
    else this.transactions.afterCommit(tx, wake);
  }

  /** Begins to hand over, what is left from earlier included. */
  start(handOver: HandOver): void {
    this.handOver = handOver;
    this.loop.wake();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async relay(): Promise<void> {
    this.loop.restFor(this.config.pollMs);
    if (await this.rows.isEmpty()) return;
    if (!this.connections.isUp) throw new UnavailableError('redis_unavailable', 'Redis does not answer; jobs wait in the outbox.');
    let moved: number;
    do moved = await this.transactions.run((tx) => this.moveBatch(tx));
    while (moved === BATCH);
    this.isFailing = false;
  }

  private async moveBatch(tx: Tx): Promise<number> {
    const jobs = await this.rows.claim(BATCH, tx);
    for (const queue of new Set(jobs.map((job) => job.queue))) {
      const batch = jobs.filter((job) => job.queue === queue);
      await this.inTime(this.handOver?.(queue, batch));
    }
    if (jobs.length > 0)
      await this.rows.delete(
        jobs.map(({ id }) => id),
        tx,
      );
    return jobs.length;
  }

  /** Bull's own connection waits out an outage; the open transaction must not. What it adds later all the same is known by its id. */
  private async inTime(adding: Promise<void> | undefined): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new UnavailableError('redis_unavailable', 'Redis did not take jobs in time.')),
        this.redis.commandTimeoutMs,
      );
    });
    try {
      await Promise.race([adding, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private failed(error: unknown): void {
    if (!this.isFailing) this.logger.warn('jobs wait in the outbox until redis and the database answer', { error });
    this.isFailing = true;
    this.loop.restFor(Math.min(1000, this.config.pollMs));
  }
}
