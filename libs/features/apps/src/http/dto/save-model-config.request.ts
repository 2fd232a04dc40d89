import { FreeForm } from '#platform/http';
import { FeatureSwitchResponse } from './feature-switch.response.js';

/** Settings of an easy app; checked key by key in the contract's order (console-apps 5.2). Keys that the mode does not know are dropped. */
export class SaveModelConfigRequest {
  /** What the app says first. @example "Hello, how can I help?" */
  @FreeForm() opening_statement?: string | null;
  /** Questions offered at the start. */
  @FreeForm() suggested_questions?: string[];
  /** Whether questions are offered after an answer. */
  @FreeForm() suggested_questions_after_answer?: FeatureSwitchResponse;
  /** Whether speech is taken in. */
  @FreeForm() speech_to_text?: FeatureSwitchResponse;
  /** Whether answers are spoken. */
  @FreeForm() text_to_speech?: Record<string, unknown>;
  /** Whether citations are given. */
  @FreeForm() retriever_resource?: FeatureSwitchResponse;
  /** Whether more answers like one can be asked for. */
  @FreeForm() more_like_this?: FeatureSwitchResponse;
  /** Moderation of input and output. */
  @FreeForm() sensitive_word_avoidance?: Record<string, unknown>;
  /** Tools whose results become variables. */
  @FreeForm() external_data_tools?: Record<string, unknown>[];
  /** Provider, name and parameters of the model; required. */
  @FreeForm() model?: Record<string, unknown>;
  /** The form that a user fills in. */
  @FreeForm() user_input_form?: Record<string, unknown>[];
  /** The variable that queries the knowledge (completion). @example query */
  @FreeForm() dataset_query_variable?: string | null;
  /** The prompt of the simple kind. @example "Answer in the language of {{country}}." */
  @FreeForm() pre_prompt?: string | null;
  /** Tools and strategy of an agent. */
  @FreeForm() agent_mode?: Record<string, unknown>;
  /** `simple` or `advanced`. @example simple */
  @FreeForm() prompt_type?: string | null;
  /** The advanced prompt for chat models. */
  @FreeForm() chat_prompt_config?: Record<string, unknown>;
  /** The advanced prompt for completion models. */
  @FreeForm() completion_prompt_config?: Record<string, unknown>;
  /** Knowledge and how it is searched. */
  @FreeForm() dataset_configs?: Record<string, unknown>;
  /** Which files may be sent. */
  @FreeForm() file_upload?: Record<string, unknown>;
}
