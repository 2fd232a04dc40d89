import type { JobQueueName } from '../contract/job-queues.js';
import type { JobQueue } from './job-queue.port.js';

/** All queues of this process. */
export abstract class JobQueues {
  /** The queue of a name, behind Bull's token of it. */
  abstract get(name: JobQueueName): JobQueue;

  /** Begins to work on jobs; the worker does it once every job has its handler. */
  abstract start(): Promise<void>;

  /** Takes no more jobs, waits, interrupts what is left. */
  abstract stop(): Promise<void>;
}
