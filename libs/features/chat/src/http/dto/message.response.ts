import { MessageMetadataResponse } from './usage.response.js';

/** The whole answer of a completion app. */
export class CompletionMessageResponse {
  /**
   * Always `message`.
   * @example message
   */
  event: string;
  /** Id of the run; to stop it or to follow it. */
  task_id: string;
  /** Id of the message. */
  id: string;
  /** Id of the message. */
  message_id: string;
  /**
   * Mode of the app.
   * @example chat
   */
  mode: string;
  /**
   * The answer.
   * @example "In March, indoors."
   */
  answer: string;
  /** Usage and sources. */
  metadata: MessageMetadataResponse;
  /**
   * Seconds since the epoch.
   * @example 1795419556
   */
  created_at: number;
}

/** The whole answer of a chat app. */
export class ChatMessageResponse extends CompletionMessageResponse {
  /** Id of the conversation, to go on with. */
  conversation_id: string;
}
