import { Module } from '@nestjs/common';
import { AppsModule } from '#features/apps';
import { RunsModule } from '#features/runs';
import { ChatModule } from './chat.module.js';
import { AudioConsoleController } from './http/audio.console.controller.js';
import { AudioServiceController } from './http/audio.service.controller.js';
import { DebugMessagesConsoleController } from './http/debug-messages.console.controller.js';
import { PromptTemplatesConsoleController } from './http/prompt-templates.console.controller.js';
import { ChatMessagesServiceController } from './http/chat-messages.service.controller.js';

/** Routes that run chat and completion apps: service API and console. */
@Module({
  imports: [AppsModule, ChatModule, RunsModule],
  controllers: [
    AudioConsoleController,
    AudioServiceController,
    ChatMessagesServiceController,
    DebugMessagesConsoleController,
    PromptTemplatesConsoleController,
  ],
})
export class ChatHttpModule {}
