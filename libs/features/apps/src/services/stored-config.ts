import { fromStoredModelConfig, type FullModelConfig, type StoredModelConfig } from '#engines/chat';
import { AppModelConfigEntity } from '../entities/app-model-config.entity.js';

const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A row of `app_model_configs` as the whole configuration with the names of the wire. */
export function configOfRow(row: AppModelConfigEntity): FullModelConfig {
  const values = row as unknown as Record<string, unknown>;
  const stored = Object.fromEntries(STORED_KEYS.map((key) => [key, values[camel(key)]]));
  return fromStoredModelConfig(stored);
}

/** A new row that holds a configuration. */
export function rowOfConfig(
  stored: StoredModelConfig,
  facts: { id: string; tenantId: string; appId: string; accountId: string | null },
): AppModelConfigEntity {
  const now = new Date();
  const columns = Object.fromEntries(STORED_KEYS.map((key) => [camel(key), stored[key]]));
  const { id, tenantId, appId, accountId } = facts;
  return Object.assign(new AppModelConfigEntity(), columns, {
    id,
    tenantId,
    appId,
    createdBy: accountId,
    createdAt: now,
    updatedBy: accountId,
    updatedAt: now,
  });
}

const STORED_KEYS = [
  'opening_statement',
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
  'dataset_query_variable',
  'pre_prompt',
  'agent_mode',
  'prompt_type',
  'chat_prompt_config',
  'completion_prompt_config',
  'dataset_configs',
  'file_upload',
] as const satisfies readonly (keyof StoredModelConfig)[];
