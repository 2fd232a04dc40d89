import { IsOptional, IsString } from 'class-validator';
import { RunRequest } from './chat-message.request.js';

/** A run of a completion app. */
export class CompletionMessageRequest extends RunRequest {
  /**
   * A text beside the inputs; most apps use inputs only.
   * @example
   */
  @IsOptional()
  @IsString()
  query?: string | null;
}
