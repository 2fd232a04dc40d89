import { ApiEvent } from '#platform/openapi';

/** The run failed; the last event. What had been written until then is kept with the message. */
@ApiEvent('error')
export class ErrorEvent {
  /**
   * Name of the event.
   * @example error
   */
  event: 'error';
  /** Id of the run; left out where the stream itself fails. */
  task_id?: string;
  /** Id of the conversation; left out for completion apps, and where the stream itself fails. */
  conversation_id?: string;
  /** Id of the message; left out where the stream itself fails. */
  message_id?: string;
  /**
   * When the message was made; seconds since the epoch. Left out where the stream itself fails.
   * @example 1795419557
   */
  created_at?: number;
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
