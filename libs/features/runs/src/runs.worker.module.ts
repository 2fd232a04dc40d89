import { Module } from '@nestjs/common';
import { PurgeIdempotencyKeysProcessor } from './jobs/purge-idempotency-keys.processor.js';
import { RunsModule } from './runs.module.js';

/** Jobs of runs. */
@Module({ imports: [RunsModule], providers: [PurgeIdempotencyKeysProcessor] })
export class RunsWorkerModule {}
