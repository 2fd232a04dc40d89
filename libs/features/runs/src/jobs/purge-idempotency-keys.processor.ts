import { Processor } from '@nestjs/bull';
import { ProcessJob } from '#platform/jobs';
import { RunIdempotency } from '../services/run-idempotency.js';
import { purgeIdempotencyKeys } from './purge-idempotency-keys.job.js';

/** Forgets expired Idempotency-Keys. */
@Processor(purgeIdempotencyKeys.queue)
export class PurgeIdempotencyKeysProcessor {
  constructor(private readonly idempotency: RunIdempotency) {}

  @ProcessJob(purgeIdempotencyKeys)
  async purge(): Promise<void> {
    await this.idempotency.purgeExpired();
  }
}
