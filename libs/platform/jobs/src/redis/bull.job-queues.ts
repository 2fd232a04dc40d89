import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RedisConnections } from '#platform/bus';
import { JobsConfig } from '#platform/config';
import { type JobQueueName, jobQueues } from '../contract/job-queues.js';
import { DeadJobs } from '../dead/dead-jobs.js';
import { AttemptRunner } from '../queue/attempt-runner.js';
import { JobQueues } from '../queue/job-queues.port.js';
import type { StoredJob } from '../stored-job.js';
import { WakeLoop } from '../wake-loop.js';
import { BullConnections } from './bull-connections.js';
import { BullQueue } from './bull.queue.js';
import { Outbox } from './outbox.js';

const SWEEP_EVERY_MS = 60_000;

/** The queues of many processes, on Redis. */
@Injectable()
export class BullJobQueues extends JobQueues implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly bullConnections: BullConnections;
  private readonly queues: Map<JobQueueName, BullQueue>;
  private readonly sweeps = new WakeLoop(
    () => this.sweep(),
    (error) => this.logger.warn('dead jobs could not be swept', { error }),
  );

  constructor(
    connections: RedisConnections,
    private readonly runner: AttemptRunner,
    deadJobs: DeadJobs,
    private readonly outbox: Outbox,
    private readonly config: JobsConfig,
  ) {
    super();
    this.bullConnections = new BullConnections(connections);
    const createClient = this.bullConnections.create;
    const tools = {
      runner,
      deadJobs,
      createClient,
      prefix: connections.key('jobs'),
      lockMs: config.lockMs,
      keepSeconds: config.keepSeconds,
    };
    this.queues = new Map(jobQueues.map((name) => [name, new BullQueue(name, tools)]));
  }

  onApplicationBootstrap(): void {
    this.outbox.start((queue, jobs) => this.handOver(queue, jobs));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.outbox.stop();
    this.bullConnections.close();
  }

  override get(name: JobQueueName): BullQueue {
    return this.queues.get(name) as BullQueue;
  }

  override async start(): Promise<void> {
    for (const queue of this.queues.values()) queue.start();
    this.sweeps.wake();
  }

  override async stop(): Promise<void> {
    await this.sweeps.stop();
    await Promise.all([...this.queues.values()].map((queue) => queue.stop(this.config.drainMs)));
    this.runner.interrupt();
  }

  private async sweep(): Promise<void> {
    this.sweeps.restFor(SWEEP_EVERY_MS);
    for (const queue of this.queues.values()) if (queue.concurrency > 0) await queue.sweep();
  }

  private async handOver(queue: JobQueueName, jobs: readonly StoredJob[]): Promise<void> {
    const toAdd = jobs.map(({ id, name, payload, delayMs, attempts, backoff }) => ({
      name,
      data: JSON.parse(payload) as unknown,
      opts: { jobId: id, delay: delayMs, attempts, backoff },
    }));
    await this.get(queue).addBulk(toAdd);
  }
}
