import { unixSeconds } from '#common';
import type { AppModelConfigEntity } from '../../entities/app-model-config.entity.js';
import { configOfRow } from '../../services/stored-config.js';
import { FeatureSwitchResponse } from './feature-switch.response.js';

/** A feature that is on or off, with its settings. */
export type FeatureSetting = Record<string, unknown>;

/** The settings of an easy app, every key present (contract console-apps 5.1). */
export class ModelConfigResponse {
  /** What the app says first. @example "Hello, how can I help?" */
  opening_statement: string | null;
  /** Questions offered at the start. */
  suggested_questions: string[];
  /** Whether questions are offered after an answer. */
  suggested_questions_after_answer: FeatureSwitchResponse;
  /** Whether speech is taken in. */
  speech_to_text: FeatureSwitchResponse;
  /** Whether answers are spoken. */
  text_to_speech: FeatureSetting;
  /** Whether citations are given. */
  retriever_resource: FeatureSwitchResponse;
  /** Whether annotations answer. */
  annotation_reply: FeatureSetting;
  /** Whether more answers like one can be asked for. */
  more_like_this: FeatureSwitchResponse;
  /** Moderation of input and output. */
  sensitive_word_avoidance: FeatureSetting;
  /** Tools whose results become variables. */
  external_data_tools: unknown[];
  /** Provider, name, mode and parameters of the model. */
  model: FeatureSetting;
  /** The form that a user fills in. */
  user_input_form: unknown[];
  /** The variable that queries the knowledge (completion). @example query */
  dataset_query_variable: string | null;
  /** The prompt of the simple kind. @example "Answer in the language of {{country}}." */
  pre_prompt: string | null;
  /** Tools and strategy of an agent. */
  agent_mode: FeatureSetting;
  /** `simple` or `advanced`. @example simple */
  prompt_type: string | null;
  /** The advanced prompt for chat models. */
  chat_prompt_config: FeatureSetting;
  /** The advanced prompt for completion models. */
  completion_prompt_config: FeatureSetting;
  /** Knowledge and how it is searched. */
  dataset_configs: FeatureSetting;
  /** Which files may be sent. */
  file_upload: FeatureSetting;
  /** Account that saved it. */
  created_by: string | null;
  /** Unix seconds. */
  created_at: number;
  /** Account that saved it. */
  updated_by: string | null;
  /** Unix seconds. */
  updated_at: number;

  static from(row: AppModelConfigEntity): ModelConfigResponse {
    return Object.assign(new ModelConfigResponse(), configOfRow(row), {
      annotation_reply: { enabled: false },
      created_by: row.createdBy,
      created_at: unixSeconds(row.createdAt),
      updated_by: row.updatedBy,
      updated_at: unixSeconds(row.updatedAt),
    });
  }
}
