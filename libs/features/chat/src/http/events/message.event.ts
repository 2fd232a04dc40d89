import { ApiEvent } from '#platform/openapi';
import { MessageMetadataResponse } from '../dto/usage.response.js';

/** What every event of a chat or completion run carries. */
export class RunEvent {
  /** Id of the conversation; left out for completion apps. */
  conversation_id?: string;
  /** Id of the message. */
  message_id: string;
  /**
   * When the message was made; seconds since the epoch.
   * @example 1795419557
   */
  created_at: number;
}

/** A piece of the answer. */
@ApiEvent('message')
export class MessageEvent extends RunEvent {
  /**
   * Name of the event.
   * @example message
   */
  event: 'message';
  /** Id of the run; to stop it or to follow it. */
  task_id: string;
  /** Id of the message. */
  id: string;
  /**
   * The piece; empty for the last one of some models.
   * @example " March"
   */
  answer: string;
  /** Where the piece comes from; null but for chatflows. */
  from_variable_selector: string[] | null;
}

/** The answer so far is replaced. */
@ApiEvent('message_replace')
export class MessageReplaceEvent extends RunEvent {
  /**
   * Name of the event.
   * @example message_replace
   */
  event: 'message_replace';
  /** Id of the run. */
  task_id: string;
  /** The whole answer from now on. @example "This can not be answered." */
  answer: string;
  /** Why; empty but for chatflows. @example output_moderation */
  reason: string;
}

/** A piece of the spoken answer; only for apps that play answers by themselves. Comes between other events and after `message_end`. */
@ApiEvent('tts_message')
export class TtsMessageEvent extends RunEvent {
  /**
   * Name of the event.
   * @example tts_message
   */
  event: 'tts_message';
  /** Id of the run. */
  task_id: string;
  /** Base64 of a piece of an mp3. @example SUQzBAAAAAAA */
  audio: string;
}

/** The spoken answer is over; then it is the last event. */
@ApiEvent('tts_message_end')
export class TtsMessageEndEvent extends RunEvent {
  /**
   * Name of the event.
   * @example tts_message_end
   */
  event: 'tts_message_end';
  /** Id of the run. */
  task_id: string;
  /** Always empty. @example "" */
  audio: string;
}

/** A file of the message. */
export class MessageEndFileData {
  /** Id of the file within the message. */
  related_id: string;
  /**
   * Extension with its dot.
   * @example .png
   */
  extension: string;
  /**
   * Name of the file.
   * @example plan.png
   */
  filename: string;
  /** Bytes; -1 when unknown. @example 20480 */
  size: number;
  /**
   * Media type.
   * @example image/png
   */
  mime_type: string;
  /**
   * `local_file` or `remote_url`.
   * @example local_file
   */
  transfer_method: string;
  /**
   * `image`, `document`, `audio`, `video` or `custom`.
   * @example image
   */
  type: string;
  /** Where it can be read; signed for files that are kept here. @example https://example.com/picture.png */
  url: string;
  /** Id of the upload behind it. */
  upload_file_id: string | null;
  /** Its own address, for files by address. @example https://example.com/picture.png */
  remote_url: string | null;
}

/** The answer is complete and stored; the last event of a run that did not fail, also of one that was stopped. */
@ApiEvent('message_end')
export class MessageEndEvent extends RunEvent {
  /**
   * Name of the event.
   * @example message_end
   */
  event: 'message_end';
  /** Id of the run. */
  task_id: string;
  /** Id of the message. */
  id: string;
  /** Usage and sources. */
  metadata: MessageMetadataResponse;
  /** Files of the message; null when there are none. */
  files: MessageEndFileData[] | null;
}
