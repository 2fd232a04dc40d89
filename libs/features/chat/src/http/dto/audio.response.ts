/** What was said in a sound file. */
export class AudioTextResponse {
  /**
   * The text.
   * @example "When do I sow tomatoes?"
   */
  text: string;
}

/** A voice of a model that speaks. */
export class VoiceResponse {
  /**
   * Name to show.
   * @example Alloy
   */
  name: string;
  /**
   * Value to ask for it by.
   * @example alloy
   */
  value: string;
}
