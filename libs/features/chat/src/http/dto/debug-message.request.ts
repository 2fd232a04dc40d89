import { IsObject, IsOptional } from 'class-validator';
import { IsUuidText } from '#features/conversations';
import { FreeForm } from '#platform/http';
import { ChatMessageRequest } from './chat-message.request.js';
import { CompletionMessageRequest } from './completion-message.request.js';

/** A debug run of a chat app with a configuration that is not saved. */
export class DebugChatMessageRequest extends ChatMessageRequest {
  /** The configuration, as it would be saved. */
  @FreeForm()
  @IsObject()
  model_config: Record<string, unknown>;
  /** The message that this one answers to. */
  @IsOptional()
  @IsUuidText({ orEmpty: true })
  parent_message_id?: string | null;
}

/** A debug run of a completion app with a configuration that is not saved. */
export class DebugCompletionMessageRequest extends CompletionMessageRequest {
  /** The configuration, as it would be saved. */
  @FreeForm()
  @IsObject()
  model_config: Record<string, unknown>;
}
