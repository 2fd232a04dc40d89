import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { UnexpectedError } from '#common';
import type { JobQueueName } from '../contract/job-queues.js';
import type { AttemptRunner } from './attempt-runner.js';
import type { AddOptions, JobHandle, JobHandler, JobQueue, JobQueueEvents, JobToAdd } from './job-queue.port.js';

/** What both queues share: the table of handlers, their slots, and listeners that can't break a queue. */
export abstract class BaseQueue implements JobQueue {
  protected readonly logger = new Logger('Jobs');
  private readonly emitter = new EventEmitter();
  private slots = 0;

  constructor(
    readonly name: JobQueueName,
    protected readonly runner: AttemptRunner,
  ) {}

  /** Begins to work on jobs, if there is a handler for any. */
  abstract start(): void;
  /** Ends within the given time; jobs that are not done by then run again later. */
  abstract stop(drainMs: number): Promise<void>;
  /** Adds jobs in one go; one whose id is remembered is not added again. */
  abstract addBulk(jobs: readonly JobToAdd[]): Promise<JobHandle[]>;
  /** A job by its id; null when it is unknown, forgotten or dead. */
  abstract getJob(id: string): Promise<JobHandle | null>;
  /** Takes no more jobs, here; those under way go on. */
  abstract pause(): Promise<void>;
  /** Takes jobs again. */
  abstract resume(): Promise<void>;
  /** Takes no more jobs and resolves when those under way are done. */
  abstract close(): Promise<void>;

  /** How many jobs this process works on at once. */
  get concurrency(): number {
    return this.slots;
  }

  process(...args: (string | number | JobHandler)[]): void {
    const handler = args.find((arg) => typeof arg === 'function');
    const name = args.find((arg) => typeof arg === 'string');
    const concurrency = args.find((arg) => typeof arg === 'number') ?? 1;
    if (handler === undefined || name === undefined) {
      throw new UnexpectedError({
        code: 'job_handler_unnamed',
        status: 500,
        message: `A processor of queue ${this.name} names no job. Mark its method with @ProcessJob(contract).`,
      });
    }
    this.runner.handle(this.name, name, handler);
    this.slots += concurrency;
  }

  async add(name: string, data: unknown, options: AddOptions = {}): Promise<JobHandle> {
    const [handle] = await this.addBulk([{ name, data, opts: options }]);
    return handle as JobHandle;
  }

  on<E extends keyof JobQueueEvents>(event: E, listener: (...args: JobQueueEvents[E]) => void): this {
    this.emitter.on(event, listener as (...args: unknown[]) => void);
    return this;
  }

  protected tell<E extends keyof JobQueueEvents>(event: E, ...args: JobQueueEvents[E]): void {
    for (const listener of this.emitter.listeners(event)) {
      try {
        void Promise.resolve((listener as (...args: unknown[]) => unknown)(...args)).catch((error: unknown) =>
          this.listenerFailed(event, error),
        );
      } catch (error) {
        this.listenerFailed(event, error);
      }
    }
  }

  private listenerFailed(event: string, error: unknown): void {
    this.logger.error('a listener of a queue failed', { queue: this.name, event, error });
  }
}
