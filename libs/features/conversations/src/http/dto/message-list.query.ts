import { Allow, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsUuidText } from './uuid-text.decorator.js';

/** Which messages are listed. */
export class MessageListQuery {
  /**
   * The end user, as named when the messages were sent.
   * @example 'abc-123'
   */
  @Allow()
  user?: string;
  /** The conversation; empty for an empty list. */
  @IsUuidText({ orEmpty: true })
  conversation_id: string;
  /** Lists those before this message. */
  @IsOptional()
  @IsUuidText({ orEmpty: true })
  first_id?: string;
  /**
   * Most messages of the slice.
   * @example 20
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number = 20;
}
