import { Allow, IsInt, IsOptional, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { IsUuidText } from './uuid-text.decorator.js';

/** Which variables of a conversation are listed. */
export class ConversationVariablesQuery {
  /**
   * The end user, as named when the messages were sent.
   * @example 'abc-123'
   */
  @Allow()
  user?: string;
  /** Id of the last variable of the slice before. */
  @IsOptional()
  @IsUuidText({ orEmpty: true })
  last_id?: string;
  /**
   * Most variables of the slice.
   * @example 20
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number = 20;
  /**
   * Lists the variable of this name only.
   * @example 'memo'
   */
  @IsOptional()
  @MinLength(1)
  @MaxLength(255)
  @Matches(/^[\w.-]+$/)
  variable_name?: string;
}
