/** The expert prompt that an app starts from; empty for modes without one. */
export class PromptTemplateResponse {
  /**
   * Messages for models of mode `chat`.
   * @example { "prompt": [{ "role": "system", "text": "{{#pre_prompt#}}" }] }
   */
  chat_prompt_config?: Record<string, unknown>;

  /**
   * Text for models of mode `completion`.
   * @example { "prompt": { "text": "{{#pre_prompt#}}" } }
   */
  completion_prompt_config?: Record<string, unknown>;

  /**
   * Where models of mode `completion` stop.
   * @example ["Human:"]
   */
  stop?: string[];
}
