import { BullModule, getQueueToken } from '@nestjs/bull';
import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { RedisConnections } from '#platform/bus';
import { JobsConfig, RedisConfig } from '#platform/config';
import { Sql, Transactions } from '#platform/database';
import type { JobContract } from './contract/job-contract.js';
import { type JobQueueName, jobQueues } from './contract/job-queues.js';
import type { ScheduleContract } from './contract/schedule-contract.js';
import { DeadJobs } from './dead/dead-jobs.js';
import { Boss } from './embedded/boss.js';
import { EmbeddedJobQueues, EmbeddedJobSink } from './embedded/embedded.job-queues.js';
import { JobEffects } from './job-effects.js';
import { Jobs } from './jobs.js';
import { JobsRegistry } from './jobs.registry.js';
import { AttemptRunner } from './queue/attempt-runner.js';
import { JobQueues } from './queue/job-queues.port.js';
import { BullJobQueues } from './redis/bull.job-queues.js';
import { Outbox } from './redis/outbox.js';
import { JobSink } from './stored-job.js';

const providers: Provider[] = [
  JobsRegistry,
  AttemptRunner,
  Jobs,
  DeadJobs,
  JobEffects,
  {
    provide: JobSink,
    inject: [RedisConnections, Sql, Transactions, JobsConfig, RedisConfig],
    useFactory: (connections: RedisConnections, sql: Sql, transactions: Transactions, config: JobsConfig, redis: RedisConfig) =>
      connections.isConfigured
        ? new Outbox(sql, transactions, connections, config, redis)
        : new EmbeddedJobSink(new Boss(sql), transactions),
  },
  {
    provide: JobQueues,
    inject: [RedisConnections, JobSink, AttemptRunner, DeadJobs, Transactions, JobsConfig],
    useFactory: (
      connections: RedisConnections,
      sink: Outbox | EmbeddedJobSink,
      runner: AttemptRunner,
      dead: DeadJobs,
      transactions: Transactions,
      config: JobsConfig,
    ) =>
      sink instanceof Outbox
        ? new BullJobQueues(connections, runner, dead, sink, config)
        : new EmbeddedJobQueues(runner, dead, transactions, config, sink),
  },
];

@Global()
@Module({ providers, exports: [JobsRegistry, Jobs, DeadJobs, JobEffects, JobQueues] })
class JobsCoreModule {}

/** Nest's Bull module with our queues behind its tokens: its explorer finds the `@Processor` classes and hands them over. */
function queuesModule(): DynamicModule {
  const { coreModuleDefinition } = BullModule as unknown as { coreModuleDefinition: DynamicModule };
  const tokens = jobQueues.map((name: JobQueueName) => ({
    provide: getQueueToken(name),
    inject: [JobQueues],
    useFactory: (queues: JobQueues) => queues.get(name),
  }));
  return { module: BullModule, global: true, imports: [JobsCoreModule, coreModuleDefinition], providers: tokens, exports: tokens };
}

@Module({})
class JobsFeatureModule {}

/** Jobs: enqueueing and queues. Processes that work on jobs import JobsWorkerModule as well. */
@Module({ imports: [JobsCoreModule, queuesModule()] })
export class JobsModule {
  /** Makes the jobs and schedules of a feature known; every feature with jobs imports it in its own module. */
  static forFeature(feature: { jobs: readonly JobContract[]; schedules?: readonly ScheduleContract[] }): DynamicModule {
    const registration: Provider = {
      provide: Symbol('jobs of a feature'),
      inject: [JobsRegistry],
      useFactory: (registry: JobsRegistry) => registry.register(feature.jobs, feature.schedules),
    };
    return { module: JobsFeatureModule, providers: [registration] };
  }
}
