import { Processor } from '@nestjs/bull';
import { type JobAttempt, type PayloadOf, ProcessJob } from '#platform/jobs';
import { ConversationPurge } from '../services/conversation-purge.js';
import { purgeConversations } from './purge-conversations.job.js';

/** Removes what belonged to deleted conversations. */
@Processor(purgeConversations.queue)
export class PurgeConversationsProcessor {
  constructor(private readonly conversations: ConversationPurge) {}

  @ProcessJob(purgeConversations)
  async purge({ data, signal }: JobAttempt<PayloadOf<typeof purgeConversations>>): Promise<void> {
    await this.conversations.purge(data.tenantId, data.conversationIds, signal);
  }
}
