import { Allow, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { type Rating, RATINGS } from '../../message.js';

/** What an end user thinks of an answer. */
export class MessageFeedbackRequest {
  /**
   * The end user, as named when the message was sent.
   * @example abc-123
   */
  @Allow()
  user?: string;
  /** The rating; null takes an earlier one back. */
  @IsOptional()
  @IsIn(RATINGS)
  rating?: Rating | null;
  /**
   * A remark.
   * @example "Just what I was looking for"
   */
  @IsOptional()
  @IsString()
  @MaxLength(100_000)
  content?: string | null;
}
