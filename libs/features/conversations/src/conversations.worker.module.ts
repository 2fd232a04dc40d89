import { Module } from '@nestjs/common';
import { ConversationsModule } from './conversations.module.js';
import { PurgeConversationsProcessor } from './jobs/purge-conversations.processor.js';

/** Jobs of conversations. */
@Module({ imports: [ConversationsModule], providers: [PurgeConversationsProcessor] })
export class ConversationsWorkerModule {}
