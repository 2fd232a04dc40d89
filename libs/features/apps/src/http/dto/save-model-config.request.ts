import { FreeForm } from '#platform/http';

/** Settings of an easy app; checked key by key in the contract's order (console-apps 5.2). Keys that the mode does not know are dropped. */
export class SaveModelConfigRequest {
  /** What the app says first. */
  @FreeForm() opening_statement?: unknown;
  /** Questions offered at the start. */
  @FreeForm() suggested_questions?: unknown;
  /** Whether questions are offered after an answer. */
  @FreeForm() suggested_questions_after_answer?: unknown;
  /** Whether speech is taken in. */
  @FreeForm() speech_to_text?: unknown;
  /** Whether answers are spoken. */
  @FreeForm() text_to_speech?: unknown;
  /** Whether citations are given. */
  @FreeForm() retriever_resource?: unknown;
  /** Whether more answers like one can be asked for. */
  @FreeForm() more_like_this?: unknown;
  /** Moderation of input and output. */
  @FreeForm() sensitive_word_avoidance?: unknown;
  /** Tools whose results become variables. */
  @FreeForm() external_data_tools?: unknown;
  /** Provider, name and parameters of the model; required. */
  @FreeForm() model?: unknown;
  /** The form that a user fills in. */
  @FreeForm() user_input_form?: unknown;
  /** The variable that queries the knowledge (completion). */
  @FreeForm() dataset_query_variable?: unknown;
  /** The prompt of the simple kind. */
  @FreeForm() pre_prompt?: unknown;
  /** Tools and strategy of an agent. */
  @FreeForm() agent_mode?: unknown;
  /** `simple` or `advanced`. */
  @FreeForm() prompt_type?: unknown;
  /** The advanced prompt for chat models. */
  @FreeForm() chat_prompt_config?: unknown;
  /** The advanced prompt for completion models. */
  @FreeForm() completion_prompt_config?: unknown;
  /** Knowledge and how it is searched. */
  @FreeForm() dataset_configs?: unknown;
  /** Which files may be sent. */
  @FreeForm() file_upload?: unknown;
}
