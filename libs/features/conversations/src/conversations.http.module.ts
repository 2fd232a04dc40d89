import { Module } from '@nestjs/common';
import { FilesModule } from '#features/files';
import { ConversationsModule } from './conversations.module.js';
import { ConversationsServiceController } from './http/conversations.service.controller.js';
import { MessagesServiceController } from './http/messages.service.controller.js';

/** Routes of conversations and messages: service API. */
@Module({ imports: [ConversationsModule, FilesModule], controllers: [ConversationsServiceController, MessagesServiceController] })
export class ConversationsHttpModule {}
