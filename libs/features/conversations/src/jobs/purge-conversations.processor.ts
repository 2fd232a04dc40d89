import { Processor } from '@nestjs/bull';
import { type JobAttempt, type PayloadOf, ProcessJob } from '#platform/jobs';
import { PurgeRepository } from '../repositories/purge.repository.js';
import { purgeConversations } from './purge-conversations.job.js';

/** Removes what belonged to deleted conversations. */
@Processor(purgeConversations.queue)
export class PurgeConversationsProcessor {
  constructor(private readonly rows: PurgeRepository) {}

  @ProcessJob(purgeConversations)
  async purge({ data, signal }: JobAttempt<PayloadOf<typeof purgeConversations>>): Promise<void> {
    while (!signal.aborted && (await this.rows.purgeSome(data.tenantId, data.conversationIds)));
    signal.throwIfAborted();
  }
}
