import { Processor } from '@nestjs/bull';
import { Logger } from '@nestjs/common';
import { ensurePartitions, Sql } from '#platform/database';
import { ProcessJob } from '../queue/process-job.decorator.js';
import { makePartitions } from './make-partitions.job.js';

/** Makes partitions ahead of time. */
@Processor(makePartitions.queue)
export class MakePartitionsProcessor {
  private readonly logger = new Logger('database');

  constructor(private readonly sql: Sql) {}

  @ProcessJob(makePartitions)
  async make(): Promise<void> {
    const made = await ensurePartitions({ query: (text: string, values?: unknown[]) => this.sql.rows(text, values) });
    if (made.length > 0) this.logger.log('partitions were made', { made });
  }
}
