import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { JobsConfig } from '#platform/config';
import { Transactions, type Tx } from '#platform/database';
import { type JobQueueName, jobQueues } from '../contract/job-queues.js';
import { DeadJobs } from '../dead/dead-jobs.js';
import { AttemptRunner } from '../queue/attempt-runner.js';
import { JobQueues } from '../queue/job-queues.port.js';
import { JobSink, type StoredJob } from '../stored-job.js';
import { WakeLoop } from '../wake-loop.js';
import { Boss, type BossJob } from './boss.js';
import { EmbeddedQueue } from './embedded.queue.js';

const PURGE_EVERY_MS = 600_000;

/** Puts jobs into pg-boss with the caller's transaction, and wakes the queue after its commit. */
@Injectable()
export class EmbeddedJobSink extends JobSink {
  private wake: (queue: JobQueueName, delayMs: number) => void = () => undefined;

  constructor(
    readonly boss: Boss,
    private readonly transactions: Transactions,
  ) {
    super();
  }

  /** Who is to be told of new jobs. */
  onPut(wake: (queue: JobQueueName, delayMs: number) => void): void {
    this.wake = wake;
  }

  override async put(jobs: readonly StoredJob[], tx?: Tx): Promise<void> {
    await this.boss.insert(jobs, tx);
    const wake = (): void => jobs.forEach((job) => this.wake(job.queue, job.delayMs));
    if (tx === undefined) wake();
    else this.transactions.afterCommit(tx, wake);
  }
}

/** The queues of a single process, on its own database. */
@Injectable()
export class EmbeddedJobQueues extends JobQueues implements OnModuleInit {
  private readonly logger = new Logger('Jobs');
  private readonly boss: Boss;
  private readonly queues: Map<JobQueueName, EmbeddedQueue>;
  private readonly poll = new WakeLoop(
    () => this.look(),
    (error) => {
      this.logger.warn('the queues could not be looked through', { error });
      this.poll.restFor(this.config.pollMs);
    },
  );
  private purgedAt = Date.now();

  constructor(
    private readonly runner: AttemptRunner,
    private readonly deadJobs: DeadJobs,
    private readonly transactions: Transactions,
    private readonly config: JobsConfig,
    sink: EmbeddedJobSink,
  ) {
    super();
    const { boss } = sink;
    this.boss = boss;
    const tools = { boss, runner, deadJobs, bury: (job: BossJob, error: string) => this.bury(job, error) };
    this.queues = new Map(jobQueues.map((name) => [name, new EmbeddedQueue(name, tools)]));
    sink.onPut((queue, delayMs) => this.get(queue).wake(delayMs));
  }

  async onModuleInit(): Promise<void> {
    await this.boss.prepare();
  }

  override get(name: JobQueueName): EmbeddedQueue {
    return this.queues.get(name) as EmbeddedQueue;
  }

  override async start(): Promise<void> {
    for (const job of await this.boss.reclaim()) {
      await this.bury({ ...job, attemptsBegun: job.attemptsBegun + 1 }, 'The process ended while the job ran its last attempt.');
    }
    for (const queue of this.queues.values()) queue.start();
    this.poll.restFor(this.config.pollMs);
  }

  override async stop(): Promise<void> {
    await this.poll.stop();
    await Promise.all([...this.queues.values()].map((queue) => queue.stop(this.config.drainMs)));
    this.runner.interrupt();
  }

  /** The net under the signals: wakes queues whose jobs became due without one, and forgets finished jobs. */
  private async look(): Promise<void> {
    for (const { name, due_in_ms: dueInMs } of await this.boss.due()) this.queues.get(name)?.wake(Math.max(0, Math.ceil(dueInMs)));
    if (Date.now() - this.purgedAt > PURGE_EVERY_MS) {
      this.purgedAt = Date.now();
      await this.boss.purge(this.config.keepSeconds);
    }
    this.poll.restFor(this.config.pollMs);
  }

  private async bury(job: BossJob, error: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.deadJobs.record({ ...job, attemptsMade: job.attemptsBegun, error }, tx);
      await this.boss.remove(job.queue, job.id, tx);
    });
  }
}
