import { Allow, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { CONVERSATION_ORDERS, type ConversationOrder } from '../../repositories/conversation.repository.js';
import { IsUuidText } from './uuid-text.decorator.js';

/** Which conversations are listed. */
export class ConversationListQuery {
  /**
   * The end user, as named when the messages were sent.
   * @example 'abc-123'
   */
  @Allow()
  user?: string;
  /** Id of the last conversation of the slice before. */
  @IsOptional()
  @IsUuidText({ orEmpty: true })
  last_id?: string;
  /**
   * Most conversations of the slice.
   * @example 20
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number = 20;
  /** Order; a minus means newest first. */
  @IsOptional()
  @IsIn(CONVERSATION_ORDERS)
  sort_by?: ConversationOrder = '-updated_at';
}
