import { fromStoredModelConfig, type FullModelConfig, modelConfigDefaults, type StoredModelConfig } from '#engines/chat';
import { AppModelConfigEntity } from '../entities/app-model-config.entity.js';

/** The engine says which keys a configuration has; each is a column. */
const STORED_KEYS = Object.keys(modelConfigDefaults()) as (keyof StoredModelConfig)[];

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
