import { type BeforeApplicationShutdown, Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { JobsModule } from './jobs.module.js';
import { JobsRegistry } from './jobs.registry.js';
import { makePartitions, makePartitionsDaily } from './maintenance/make-partitions.job.js';
import { MakePartitionsProcessor } from './maintenance/make-partitions.processor.js';
import { JobQueues } from './queue/job-queues.port.js';
import { Scheduler } from './schedules/scheduler.js';

/** Works on jobs from the end of the start to the beginning of the stop. */
@Injectable()
class JobsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly registry: JobsRegistry,
    private readonly queues: JobQueues,
    private readonly scheduler: Scheduler,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.registry.verify();
    await this.queues.start();
    this.scheduler.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.scheduler.stop();
    await this.queues.stop();
  }
}

/** For processes that work on jobs (`ROLE=all`, `ROLE=worker`): refuses to start unless every job has one handler, then begins. */
@Module({
  imports: [JobsModule.forFeature({ jobs: [makePartitions], schedules: [makePartitionsDaily] })],
  providers: [JobsWorker, Scheduler, MakePartitionsProcessor],
})
export class JobsWorkerModule {}
