import { Allow, IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';

/** A new name for a conversation: one that is given, or one to be made from its first question. */
export class ConversationRenameRequest {
  /**
   * The end user, as named when the messages were sent.
   * @example abc-123
   */
  @Allow()
  user?: string;
  /**
   * The name; needed unless one is to be made.
   * @example "Plans for the garden"
   */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  name?: string;
  /**
   * Whether the workspace's default model makes a name from the first question.
   * @example false
   */
  @IsOptional()
  @IsBoolean()
  auto_generate?: boolean = false;
}
