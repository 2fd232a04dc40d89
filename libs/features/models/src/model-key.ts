import { STORED_MODEL_TYPES } from '#engines/model-runtime';
import type { ModelType } from '#engines/model-runtime';

/** A model by provider and name. */
export interface ModelRef {
  /** Long or bare id. */
  provider: string;
  model: string;
}

/** A model of a provider in a workspace. */
export interface ModelKey {
  tenantId: string;
  /** Long id. */
  provider: string;
  model: string;
  modelType: ModelType;
}

/** A model key as the tables have it. */
export interface StoredModelKey {
  tenantId: string;
  providerName: string;
  modelName: string;
  modelType: string;
}

/** The columns that name a model. */
export function storedKey(key: ModelKey): StoredModelKey {
  return { tenantId: key.tenantId, providerName: key.provider, modelName: key.model, modelType: STORED_MODEL_TYPES[key.modelType] };
}
