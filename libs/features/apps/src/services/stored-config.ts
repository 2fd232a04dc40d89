import { uuidv7 } from '#common';
import {
  fromStoredModelConfig,
  type FullModelConfig,
  type ModelConfigDocument,
  modelConfigDefaults,
  type StoredModelConfig,
  toStoredModelConfig,
} from '#engines/chat';
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
  document: ModelConfigDocument,
  owner: { tenantId: string; appId: string; accountId: string | null },
): AppModelConfigEntity {
  const now = new Date();
  const stored = toStoredModelConfig(document);
  const columns = Object.fromEntries(STORED_KEYS.map((key) => [camel(key), stored[key]]));
  return Object.assign(new AppModelConfigEntity(), columns, {
    id: uuidv7(),
    tenantId: owner.tenantId,
    appId: owner.appId,
    createdBy: owner.accountId,
    createdAt: now,
    updatedBy: owner.accountId,
    updatedAt: now,
  });
}
