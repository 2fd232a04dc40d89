import { Allow } from 'class-validator';
import { OptionalBody } from '#platform/http';

/** Names the end user whose task it is. */
export class TaskUserRequest {
  /**
   * The end user, as named when the task was started.
   * @example abc-123
   */
  @Allow()
  user?: string;
}

/** Nothing is asked of the console's stop routes. */
@OptionalBody()
export class ConsoleStopRequest {
  /** Ignored. @example abc-123 */
  @Allow()
  user?: string;
}
