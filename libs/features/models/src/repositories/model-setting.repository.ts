import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import { Sql, type Tx } from '#platform/database';
import { storedKey, type ModelKey } from '../model-key.js';

/** Whether models are enabled and balanced. */
@Injectable()
export class ModelSettingRepository {
  constructor(private readonly sql: Sql) {}

  /** Changes what is given; the rest stays, or is the default. */
  async set(key: ModelKey, change: { enabled?: boolean; loadBalancingEnabled?: boolean }, tx: Tx): Promise<void> {
    const { tenantId, providerName, modelName, modelType } = storedKey(key);
    await this.sql.run(
      `insert into provider_model_settings as s
         (id, tenant_id, provider_name, model_name, model_type, enabled, load_balancing_enabled, created_at, updated_at)
       values ($1, $2, $3, $4, $5, coalesce($6::boolean, true), coalesce($7::boolean, false), $8, $8)
       on conflict (tenant_id, provider_name, model_name, model_type)
       do update set enabled = coalesce($6::boolean, s.enabled), load_balancing_enabled = coalesce($7::boolean, s.load_balancing_enabled), updated_at = $8`,
      [uuidv7(), tenantId, providerName, modelName, modelType, change.enabled ?? null, change.loadBalancingEnabled ?? null, new Date()],
      tx,
    );
  }
}
