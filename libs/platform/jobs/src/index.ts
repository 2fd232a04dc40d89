export {
  type Backoff,
  defineJob,
  type JobContract,
  type JobDefinition,
  type PayloadInputOf,
  type PayloadOf,
} from './contract/job-contract.js';
export { type JobQueueName, jobQueues } from './contract/job-queues.js';
export { defineSchedule, type ScheduleContract } from './contract/schedule-contract.js';
export { type DeadJob, DeadJobs } from './dead/dead-jobs.js';
export { type JobsConnection, prepareJobs } from './embedded/prepare-jobs.js';
export { JobEffects } from './job-effects.js';
export * from './jobs.errors.js';
export { JobsModule } from './jobs.module.js';
export { JobsRegistry } from './jobs.registry.js';
export { type EnqueueOptions, Jobs } from './jobs.js';
export { JobsWorkerModule } from './jobs-worker.module.js';
export type { AddOptions, JobAttempt, JobHandle, JobQueue, JobQueueEvents, JobState, JobToAdd } from './queue/job-queue.port.js';
export { JobQueues } from './queue/job-queues.port.js';
export { ProcessJob } from './queue/process-job.decorator.js';
