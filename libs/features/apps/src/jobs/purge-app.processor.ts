import { Processor } from '@nestjs/bull';
import { type JobAttempt, type PayloadOf, ProcessJob } from '#platform/jobs';
import { AppPurge } from '../registries/app-purge.js';
import { purgeApp } from './purge-app.job.js';

/** Walks the features that keep something for a deleted app. */
@Processor(purgeApp.queue)
export class PurgeAppProcessor {
  constructor(private readonly features: AppPurge) {}

  @ProcessJob(purgeApp)
  async purge({ data, signal }: JobAttempt<PayloadOf<typeof purgeApp>>): Promise<void> {
    await this.features.purge(data.tenantId, data.appId, signal);
  }
}
