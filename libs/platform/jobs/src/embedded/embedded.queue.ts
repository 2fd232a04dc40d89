import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from '#common';
import { backoffMs } from '../contract/job-contract.js';
import type { JobQueueName } from '../contract/job-queues.js';
import type { DeadJobs } from '../dead/dead-jobs.js';
import { JobInterruptedError, JobRejectedError } from '../jobs.errors.js';
import type { AttemptRunner } from '../queue/attempt-runner.js';
import { BaseQueue } from '../queue/base.queue.js';
import type { JobHandle, JobState, JobToAdd } from '../queue/job-queue.port.js';
import type { StoredJob } from '../stored-job.js';
import { WakeLoop } from '../wake-loop.js';
import type { Boss, BossJob } from './boss.js';

/** The database's clock may stand still between an insert and the next look: jobs enqueued just now are looked for once more. */
const SECOND_LOOK_MS = 20;
/** Wait between tries to write down how an attempt ended. Unit: milliseconds. */
const PERSIST_RETRY_MS = 1000;

/** What an embedded queue works with. */
export interface EmbeddedQueueTools {
  boss: Boss;
  runner: AttemptRunner;
  deadJobs: DeadJobs;
  /** Records a dead job and removes it from its queue in one transaction. */
  bury(job: BossJob, error: string): Promise<void>;
}

/** A queue on pg-boss: driven by fetching until nothing is left, woken by whoever enqueues, looked after by a slow poll. */
export class EmbeddedQueue extends BaseQueue {
  private readonly loop = new WakeLoop(
    () => this.drain(),
    (error) => this.logger.error('a queue could not be read', { queue: this.name, error }),
  );
  private readonly active = new Map<string, Promise<void>>();
  private isWorking = false;
  private isPaused = false;
  private isClosed = false;

  constructor(
    private readonly queue: JobQueueName,
    private readonly tools: EmbeddedQueueTools,
  ) {
    super(queue, tools.runner);
  }

  override start(): void {
    if (this.concurrency === 0) return;
    this.isWorking = true;
    this.loop.wake();
  }

  /** Something was enqueued; with a delay, it becomes due later. */
  wake(delayMs = 0): void {
    if (!this.isWorking) return;
    if (delayMs === 0) this.loop.wake();
    this.loop.wakeIn(delayMs + SECOND_LOOK_MS);
  }

  override async addBulk(jobs: readonly JobToAdd[]): Promise<JobHandle[]> {
    const stored = jobs.map((job) => this.store(job));
    await this.tools.boss.insert(stored);
    for (const { delayMs } of stored) this.wake(delayMs);
    return stored.map((job) => this.handleOf({ ...job, attemptsBegun: 0, state: job.delayMs > 0 ? 'delayed' : 'waiting' }));
  }

  override async getJob(id: string): Promise<JobHandle | null> {
    const job = await this.tools.boss.find(this.queue, id);
    return job === null ? null : this.handleOf(job);
  }

  override async pause(): Promise<void> {
    this.isPaused = true;
  }

  override async resume(): Promise<void> {
    this.isPaused = false;
    this.loop.wake();
  }

  override async close(): Promise<void> {
    this.isClosed = true;
    await this.loop.stop();
    await Promise.all(this.active.values());
  }

  override async stop(drainMs: number): Promise<void> {
    const closed = this.close();
    const deadline = new AbortController();
    await Promise.race([closed, sleep(drainMs, undefined, { signal: deadline.signal }).catch(() => undefined)]);
    deadline.abort();
    // What is still at work is given back by the next start, which finds it active.
  }

  private async drain(): Promise<void> {
    for (;;) {
      const free = this.concurrency - this.active.size;
      if (free <= 0 || this.isPaused || this.isClosed) return;
      const jobs = await this.tools.boss.fetch(this.queue, free);
      if (jobs.length === 0) return;
      for (const job of jobs) this.begin(job);
    }
  }

  private begin(job: BossJob): void {
    const work = this.work(job).finally(() => {
      this.active.delete(job.id);
      this.loop.wake();
    });
    this.active.set(job.id, work);
  }

  private async work(job: BossJob): Promise<void> {
    const attempt = job.attemptsBegun + 1;
    this.tell('active', this.handleOf(job));
    try {
      const result = await this.runner.run({ ...job, attempt });
      await this.persist(() => this.tools.boss.complete(this.queue, job.id));
      this.tell('completed', this.handleOf({ ...job, state: 'completed' }), result);
    } catch (error) {
      if (error instanceof JobInterruptedError) return;
      await this.failed(job, attempt, error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async failed(job: BossJob, attempt: number, error: Error): Promise<void> {
    const isLast = error instanceof JobRejectedError || attempt >= job.attempts;
    if (isLast) await this.persist(() => this.tools.bury({ ...job, attemptsBegun: attempt }, error.message));
    else {
      const wait = backoffMs(attempt, job.backoff);
      await this.persist(() => this.tools.boss.retryLater(this.queue, job.id, wait, error.message));
      this.wake(wait);
    }
    this.tell(
      'failed',
      this.handleOf({ ...job, attemptsBegun: attempt, state: isLast ? 'failed' : 'delayed', error: error.message }),
      error,
    );
  }

  /** Writes down how an attempt ended, through outages of the database; a job whose end is not written runs again. */
  private async persist(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await write();
        return;
      } catch (error) {
        if (this.isClosed) return;
        this.logger.warn('the end of a job could not be written yet', { queue: this.name, error });
        await sleep(PERSIST_RETRY_MS);
      }
    }
  }

  private store(job: JobToAdd): StoredJob {
    const { jobId = uuidv7(), delay = 0, attempts = 1, backoff = { delayMs: 0, maxMs: 0 } } = job.opts ?? {};
    return { id: jobId, queue: this.queue, name: job.name, payload: JSON.stringify(job.data), attempts, backoff, delayMs: delay };
  }

  private handleOf(job: BossJob): JobHandle {
    const state = async (): Promise<JobState> => (await this.tools.boss.find(this.queue, job.id))?.state ?? 'failed';
    return {
      id: job.id,
      name: job.name,
      data: JSON.parse(job.payload) as unknown,
      attemptsMade: job.attemptsBegun,
      ...(job.error === undefined ? {} : { failedReason: job.error }),
      getState: state,
    };
  }
}
