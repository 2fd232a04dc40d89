import { IsOptional, IsString, MaxLength } from 'class-validator';
import { MAX_QUERY, RunRequest } from './chat-message.request.js';

/** A run of a completion app. */
export class CompletionMessageRequest extends RunRequest {
  /**
   * A text beside the inputs, up to 1,000,000 characters; most apps use inputs only.
   * @example
   */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_QUERY)
  query?: string | null;
}
