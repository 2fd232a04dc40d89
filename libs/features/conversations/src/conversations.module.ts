import { Module, type OnModuleInit } from '@nestjs/common';
import { AppPurge, AppsModule } from '#features/apps';
import { FileGrants, FilesModule } from '#features/files';
import { ModelsModule } from '#features/models';
import { WorkspacePurge, WorkspacesModule } from '#features/workspaces';
import { RunWriterTables, TenantRows } from '#platform/database';
import { JobsModule } from '#platform/jobs';
import { conversationsEntities } from './conversations.entities.js';
import { purgeConversations } from './jobs/purge-conversations.job.js';
import { AgentThoughtRepository } from './repositories/agent-thought.repository.js';
import { ConversationRepository } from './repositories/conversation.repository.js';
import { FeedbackRepository } from './repositories/feedback.repository.js';
import { MessageFileRepository } from './repositories/message-file.repository.js';
import { MessageRepository } from './repositories/message.repository.js';
import { PurgeRepository } from './repositories/purge.repository.js';
import { CONVERSATION_COLUMNS, MESSAGE_COLUMNS, MESSAGE_FILE_COLUMNS } from './run-tables.js';
import { ConversationPurge } from './services/conversation-purge.js';
import { ConversationTitles } from './services/conversation-titles.js';
import { ConversationService } from './services/conversation.service.js';
import { FeedbackService } from './services/feedback.service.js';
import { MessageFileGrant } from './services/message-file.grant.js';
import { MessageService } from './services/message.service.js';
import { SuggestedQuestions } from './services/suggested-questions.js';

const services = [
  ConversationPurge,
  ConversationService,
  ConversationTitles,
  FeedbackService,
  MessageFileGrant,
  MessageService,
  SuggestedQuestions,
];
const repositories = [
  AgentThoughtRepository,
  ConversationRepository,
  FeedbackRepository,
  MessageFileRepository,
  MessageRepository,
  PurgeRepository,
];

/** Conversations, messages and feedback of apps. */
@Module({
  imports: [AppsModule, FilesModule, ModelsModule, WorkspacesModule, JobsModule.forFeature({ jobs: [purgeConversations] })],
  providers: [...services, ...repositories],
  exports: [...services, ...repositories],
})
export class ConversationsModule implements OnModuleInit {
  constructor(
    private readonly tables: RunWriterTables,
    private readonly grants: FileGrants,
    private readonly grant: MessageFileGrant,
    private readonly appPurge: AppPurge,
    private readonly purge: ConversationPurge,
    private readonly workspacePurge: WorkspacePurge,
    private readonly rows: TenantRows,
  ) {}

  onModuleInit(): void {
    this.tables.register({ table: 'conversations', columns: CONVERSATION_COLUMNS });
    this.tables.register({ table: 'messages', columns: MESSAGE_COLUMNS });
    this.tables.register({ table: 'message_files', columns: MESSAGE_FILE_COLUMNS });
    this.grants.register(this.grant);
    this.appPurge.register('conversations', (tenantId, appId) => this.purge.purgeSomeOfApp(tenantId, appId));
    this.workspacePurge.register('conversations', (tenantId, signal) => this.rows.remove(conversationsEntities, tenantId, signal));
  }
}
