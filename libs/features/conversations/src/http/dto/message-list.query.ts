import { Allow, IsOptional } from 'class-validator';
import { LimitQuery } from '#platform/http';
import { IsUuidText } from './uuid-text.decorator.js';

/** Which messages are listed. */
export class MessageListQuery extends LimitQuery {
  /**
   * The end user, as named when the messages were sent.
   * @example abc-123
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
}
