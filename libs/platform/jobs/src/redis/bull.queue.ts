import { setTimeout as sleep } from 'node:timers/promises';
import Bull from 'bull';
import { uuidv7 } from '#common';
import { type Backoff, backoffMs } from '../contract/job-contract.js';
import type { JobQueueName } from '../contract/job-queues.js';
import type { DeadJobs } from '../dead/dead-jobs.js';
import { JobInterruptedError, JobRejectedError } from '../jobs.errors.js';
import type { AttemptRunner } from '../queue/attempt-runner.js';
import { BaseQueue } from '../queue/base.queue.js';
import type { AddOptions, JobHandle, JobState, JobToAdd } from '../queue/job-queue.port.js';

/** Name under which Bull finds our backoff. */
const BACKOFF = 'baya';
const NO_BACKOFF: Backoff = { delayMs: 0, maxMs: 0 };
/** How many times a job may be found abandoned by a worker that died, until it counts as failed. */
const MAX_STALLED = 3;
/** Dead jobs looked at in one sweep. */
const SWEEP = 100;
/** Longest wait for a step of closing, when Redis is away. Unit: milliseconds. */
const CLOSE_MS = 1000;
/** How often a queue that closes looks whether its jobs have ended. Unit: milliseconds. */
const LOOK_MS = 20;

/** What a Bull queue works with. */
export interface BullQueueTools {
  runner: AttemptRunner;
  deadJobs: DeadJobs;
  createClient: Bull.QueueOptions['createClient'];
  prefix: string;
  lockMs: number;
  keepSeconds: number;
}

/** A queue of Bull, seen through the closed list of what we use of it. */
export class BullQueue extends BaseQueue {
  private readonly bull: Bull.Queue<string>;
  /** Ids of jobs at work, until Redis knows how they ended. */
  private readonly active = new Set<string>();
  private isStopping = false;

  constructor(
    queue: JobQueueName,
    private readonly tools: BullQueueTools,
  ) {
    super(queue, tools.runner);
    this.bull = new Bull<string>(queue, {
      prefix: tools.prefix,
      createClient: tools.createClient,
      skipVersionCheck: true,
      settings: {
        lockDuration: tools.lockMs,
        stalledInterval: tools.lockMs,
        maxStalledCount: MAX_STALLED,
        retryProcessDelay: 1000,
        backoffStrategies: { [BACKOFF]: (failed: number, _error: Error, options: Backoff) => backoffMs(failed, options) },
      },
    } as Bull.QueueOptions);
    this.bull.on('error', (error) => this.tell('error', error));
  }

  override start(): void {
    if (this.concurrency === 0) return;
    this.bull.on('active', (job) => this.tell('active', handleOf(job)));
    this.bull.on('completed', (job, result: unknown) => {
      this.active.delete(String(job.id));
      this.tell('completed', handleOf(job), result);
    });
    this.bull.on('failed', (job, error) => void this.failed(job, error));
    this.bull
      .process('*', this.concurrency, (job) => this.attempt(job))
      .catch((error: unknown) => {
        if (!this.isStopping) this.logger.error('a queue can not be worked on', { queue: this.name, error });
      });
  }

  override async addBulk(jobs: readonly JobToAdd[]): Promise<JobHandle[]> {
    const added = await this.bull.addBulk(
      jobs.map((job) => ({ name: job.name, data: JSON.stringify(job.data), opts: this.optionsOf(job.opts ?? {}) })),
    );
    return added.map(handleOf);
  }

  override async getJob(id: string): Promise<JobHandle | null> {
    const job = await this.bull.getJob(id);
    return job === null ? null : handleOf(job);
  }

  override async pause(): Promise<void> {
    await this.bull.pause();
  }

  override async resume(): Promise<void> {
    await this.bull.resume();
  }

  override close(): Promise<void> {
    return this.stop(Infinity);
  }

  override async stop(drainMs: number): Promise<void> {
    this.isStopping = true;
    // A queue without slots never connected.
    if (this.concurrency === 0) return;
    await this.inTime(this.bull.pause(true, true));
    for (const deadline = Date.now() + drainMs; this.active.size > 0 && Date.now() < deadline;) await sleep(LOOK_MS);
    // What is still at work loses its lock and is given to another worker.
    await this.inTime(this.bull.close(true));
  }

  /** Moves what failed for good and was not recorded, because a worker died or the database was away, to the dead ones. */
  async sweep(): Promise<void> {
    for (const job of await this.bull.getFailed(0, SWEEP - 1)) await this.bury(job, job.failedReason ?? 'unknown');
  }

  private async attempt(job: Bull.Job<string>): Promise<unknown> {
    this.active.add(String(job.id));
    const taken = {
      id: String(job.id),
      queue: this.name,
      name: job.name,
      payload: job.data,
      attempt: job.attemptsMade + 1,
      attempts: job.opts.attempts ?? 1,
    };
    try {
      return (await this.runner.run(taken)) ?? null;
    } catch (error) {
      // Never settled: the lock runs out, and the job is given to another worker without having lost an attempt.
      if (error instanceof JobInterruptedError) return new Promise<never>(() => undefined);
      if (error instanceof JobRejectedError) await job.discard();
      throw error;
    }
  }

  private async failed(job: Bull.Job<string>, error: Error): Promise<void> {
    try {
      if (await job.isFailed()) await this.bury(job, error.message);
    } catch (cause) {
      this.logger.warn('a dead job could not be recorded yet', { queue: this.name, jobId: job.id, error: cause });
    }
    this.active.delete(String(job.id));
    this.tell('failed', handleOf(job), error);
  }

  private async inTime(step: Promise<unknown>): Promise<void> {
    const failed = (error: unknown): void => this.logger.warn('a queue did not close in order', { queue: this.name, error });
    await Promise.race([step.catch(failed), sleep(CLOSE_MS)]);
  }

  private async bury(job: Bull.Job<string>, error: string): Promise<void> {
    const { attempts = 1, backoff } = job.opts;
    const options: unknown = typeof backoff === 'object' ? backoff.options : undefined;
    await this.tools.deadJobs.record({
      id: String(job.id),
      queue: this.name,
      name: job.name,
      payload: job.data,
      attempts,
      backoff: (options ?? NO_BACKOFF) as Backoff,
      attemptsMade: job.attemptsMade,
      error,
    });
    await job.remove();
  }

  private optionsOf({ jobId = uuidv7(), delay = 0, attempts = 1, backoff = NO_BACKOFF }: AddOptions): Bull.JobOptions {
    return {
      jobId,
      delay,
      attempts,
      backoff: { type: BACKOFF, options: backoff },
      removeOnComplete: { age: this.tools.keepSeconds },
      removeOnFail: false,
    };
  }
}

function handleOf(job: Bull.Job<string>): JobHandle {
  return {
    id: String(job.id),
    name: job.name,
    data: JSON.parse(job.data) as unknown,
    attemptsMade: job.attemptsMade,
    ...(job.failedReason === undefined ? {} : { failedReason: job.failedReason }),
    getState: async () => stateOf(await job.getState()),
  };
}

function stateOf(state: string): JobState {
  switch (state) {
    case 'delayed':
    case 'active':
    case 'completed':
    case 'failed':
      return state;
    case 'stuck':
      return 'failed';
    default:
      return 'waiting';
  }
}
