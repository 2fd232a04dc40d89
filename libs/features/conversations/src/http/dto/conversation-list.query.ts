import { IsIn, IsOptional } from 'class-validator';
import { CONVERSATION_ORDERS, type ConversationOrder } from '../../repositories/conversation.repository.js';
import { SliceQuery } from './slice.query.js';

/** Which conversations are listed. */
export class ConversationListQuery extends SliceQuery {
  /** Order; a minus means newest first. @example -updated_at */
  @IsOptional()
  @IsIn(CONVERSATION_ORDERS)
  sort_by?: ConversationOrder = '-updated_at';
}
