import { Module, type OnModuleInit } from '@nestjs/common';
import { AppsModule } from '#features/apps';
import { ConversationsModule } from '#features/conversations';
import { FilesModule } from '#features/files';
import { ModelsModule } from '#features/models';
import { AppRunners, RunsModule } from '#features/runs';
import { AnswerSpeaker } from './services/answer-speaker.js';
import { AudioService } from './services/audio.service.js';
import { ChatAppRunner } from './services/chat-app.runner.js';
import { ChatExecutor } from './services/chat-executor.js';
import { ChatFileAccess } from './services/chat-file-access.js';
import { ChatModels } from './services/chat-models.js';
import { ConversationNamer } from './services/conversation-namer.js';
import { PastRuns } from './services/past-runs.js';
import { TurnFiles } from './services/turn-files.js';
import { TurnPlanner } from './services/turn-planner.js';

/** Runs chat and completion apps. */
@Module({
  imports: [AppsModule, ConversationsModule, FilesModule, ModelsModule, RunsModule],
  providers: [
    AnswerSpeaker,
    AudioService,
    ChatAppRunner,
    ChatExecutor,
    ChatFileAccess,
    ChatModels,
    ConversationNamer,
    PastRuns,
    TurnFiles,
    TurnPlanner,
  ],
  exports: [AudioService, ChatAppRunner],
})
export class ChatModule implements OnModuleInit {
  constructor(
    private readonly runners: AppRunners,
    private readonly runner: ChatAppRunner,
  ) {}

  onModuleInit(): void {
    this.runners.register(['chat', 'completion'], this.runner);
  }
}
