import { Allow } from 'class-validator';

/** Names the end user whose conversation it is. */
export class ConversationUserRequest {
  /**
   * The end user, as named when the messages were sent.
   * @example abc-123
   */
  @Allow()
  user?: string;
}
