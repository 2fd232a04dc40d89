import { isJsonObject } from '#common';
import type { JsonObject } from '#common';
import { isEmpty, own } from './values.js';

/** Keys whose value is text; they are stored as they are. */
const TEXT_KEYS = ['opening_statement', 'pre_prompt', 'prompt_type', 'dataset_query_variable'] as const;

/** Keys whose value is an object or a list; an empty one is stored as null. */
const JSON_KEYS = [
  'suggested_questions',
  'suggested_questions_after_answer',
  'speech_to_text',
  'text_to_speech',
  'retriever_resource',
  'more_like_this',
  'sensitive_word_avoidance',
  'external_data_tools',
  'model',
  'user_input_form',
  'agent_mode',
  'chat_prompt_config',
  'completion_prompt_config',
  'dataset_configs',
  'file_upload',
] as const;

type TextKey = (typeof TEXT_KEYS)[number];
type JsonKey = (typeof JSON_KEYS)[number];

/** A model configuration with the names and values of the wire and of the DSL; keys may be absent. */
export type ModelConfigDocument = Partial<Record<TextKey, string | null>> & Partial<Record<JsonKey, unknown>>;

/** The same with every key present, as the console reads it (contract console-apps-workflows 5.1). */
export type FullModelConfig = Record<TextKey, string | null> & Record<JsonKey, unknown>;

/** What one row of `app_model_configs` holds: text, or a JSON value, or null where it is empty. */
export type StoredModelConfig = Record<TextKey, string | null> & Record<JsonKey, JsonObject | unknown[] | null>;

/** What each key reads as when its column is null (contract console-apps-workflows 5.1). A new object each time. */
export function modelConfigDefaults(): FullModelConfig {
  return {
    opening_statement: null,
    suggested_questions: [],
    suggested_questions_after_answer: { enabled: false },
    speech_to_text: { enabled: false },
    text_to_speech: { enabled: false },
    retriever_resource: { enabled: true },
    more_like_this: { enabled: false },
    sensitive_word_avoidance: { enabled: false, type: '', config: {} },
    external_data_tools: [],
    model: {},
    user_input_form: [],
    dataset_query_variable: null,
    pre_prompt: null,
    agent_mode: { enabled: false, strategy: null, tools: [], prompt: null },
    prompt_type: 'simple',
    chat_prompt_config: {},
    completion_prompt_config: {},
    dataset_configs: { retrieval_model: 'multiple' },
    file_upload: { image: { enabled: false, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } },
  };
}

/** The form in which a document is stored: every key, empty objects and lists as null, unknown keys left out. */
export function toStoredModelConfig(document: ModelConfigDocument): StoredModelConfig {
  const stored: Record<string, unknown> = {};
  for (const key of TEXT_KEYS) stored[key] = textOrNull(document[key]);
  for (const key of JSON_KEYS) stored[key] = jsonOrNull(document[key]);
  return stored as StoredModelConfig;
}

/** Reads what was stored back into a whole document; columns that hold something else than they should read as their default. */
export function fromStoredModelConfig(stored: Partial<Record<TextKey | JsonKey, unknown>>): FullModelConfig {
  const full: Record<string, unknown> = modelConfigDefaults();
  for (const key of TEXT_KEYS) {
    const value = textOrNull(stored[key]);
    if (value !== null) full[key] = value;
  }
  for (const key of JSON_KEYS) {
    const value = jsonOrNull(stored[key]);
    if (value !== null) full[key] = value;
  }
  const datasets = full.dataset_configs;
  if (!isJsonObject(datasets) || isEmpty(own(datasets, 'retrieval_model'))) full.dataset_configs = { retrieval_model: 'single' };
  return full as FullModelConfig;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function jsonOrNull(value: unknown): JsonObject | unknown[] | null {
  if (isEmpty(value)) return null;
  return isJsonObject(value) || Array.isArray(value) ? value : null;
}
