import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import { STORED_MODEL_TYPES } from '#engines/model-runtime';
import type { ModelType } from '#engines/model-runtime';
import { Sql, type Tx } from '#platform/database';
import type { ModelRef } from '../model-key.js';

/** The models used where none is named. */
@Injectable()
export class DefaultModelRepository {
  constructor(private readonly sql: Sql) {}

  find(tenantId: string, modelType: ModelType): Promise<ModelRef | null> {
    return this.sql.row<ModelRef>(
      'select provider_name as provider, model_name as model from tenant_default_models where tenant_id = $1 and model_type = $2',
      [tenantId, STORED_MODEL_TYPES[modelType]],
    );
  }

  /** Sets the default; with `keep` only where none is stored yet. */
  async set(
    tenantId: string,
    modelType: ModelType,
    { provider, model }: ModelRef,
    options: { keep?: boolean; tx?: Tx } = {},
  ): Promise<void> {
    const onConflict = options.keep
      ? 'do nothing'
      : 'do update set provider_name = excluded.provider_name, model_name = excluded.model_name, updated_at = excluded.updated_at';
    await this.sql.run(
      `insert into tenant_default_models (id, tenant_id, provider_name, model_name, model_type, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $6) on conflict (tenant_id, model_type) ${onConflict}`,
      [uuidv7(), tenantId, provider, model, STORED_MODEL_TYPES[modelType], new Date()],
      options.tx,
    );
  }
}
