import { IsOptional, Matches, MaxLength, MinLength } from 'class-validator';
import { SliceQuery } from './slice.query.js';

/** Which variables of a conversation are listed. */
export class ConversationVariablesQuery extends SliceQuery {
  /**
   * Lists the variable of this name only.
   * @example memo
   */
  @IsOptional()
  @MinLength(1)
  @MaxLength(255)
  @Matches(/^[\w.-]+$/)
  variable_name?: string;
}
