import { Allow, IsDefined } from 'class-validator';
import { FreeForm } from '#platform/http';

/** A new value for a variable. */
export class ConversationVariableRequest {
  /**
   * The end user, as named when the messages were sent.
   * @example abc-123
   */
  @Allow()
  user?: string;
  /** The value, of the variable's type. */
  @FreeForm()
  @IsDefined()
  value: unknown;
}
