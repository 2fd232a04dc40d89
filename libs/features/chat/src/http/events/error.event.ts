import { ApiEvent } from '#platform/openapi';
import { RunEvent } from './message.event.js';

/** The run failed; the last event. What had been written until then is kept with the message. */
@ApiEvent('error')
export class ErrorEvent extends RunEvent {
  /**
   * Name of the event.
   * @example error
   */
  event: 'error';
  /**
   * Stable code.
   * @example invalid_param
   */
  code: string;
  /**
   * The status that a blocking call would have had.
   * @example 400
   */
  status: number;
  /** What happened, in the words of the model's vendor where it was his. @example "Incorrect API key provided." */
  message: string;
}
