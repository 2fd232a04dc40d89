import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import { Entities, Sql, type Tx } from '#platform/database';
import { LoadBalancingModelConfigEntity } from '../entities/load-balancing-model-config.entity.js';
import { storedKey, type ModelKey } from '../model-key.js';
import { INHERITED_ENTRY } from '../models.constants.js';
import type { CredentialSource } from '../provider-configuration.js';

/** What a balancing entry is made of. */
export interface BalancingEntryValues {
  name: string;
  encryptedConfig: string | null;
  credentialId: string | null;
  source: CredentialSource | null;
  enabled: boolean;
}

/** The credentials among which calls of a model take turns. */
@Injectable()
export class LoadBalancingRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  async insert(key: ModelKey, values: BalancingEntryValues, tx?: Tx): Promise<string> {
    const now = new Date();
    const id = uuidv7();
    await this.entities
      .of(LoadBalancingModelConfigEntity, tx)
      .insert({ id, ...storedKey(key), ...columnsOf(values), createdAt: now, updatedAt: now });
    return id;
  }

  /** Makes the entry that stands for the credential in use, unless it is there. */
  async insertInherited(key: ModelKey): Promise<void> {
    const { tenantId, providerName, modelName, modelType } = storedKey(key);
    await this.sql.run(
      `insert into load_balancing_model_configs (id, tenant_id, provider_name, model_name, model_type, name, enabled, created_at, updated_at)
       select $1, $2, $3, $4, $5, $6::varchar, true, $7, $7 where not exists (
         select 1 from load_balancing_model_configs where tenant_id = $2 and provider_name = $3 and model_name = $4 and model_type = $5 and name = $6::varchar)`,
      [uuidv7(), tenantId, providerName, modelName, modelType, INHERITED_ENTRY, new Date()],
    );
  }

  async update(key: ModelKey, id: string, values: BalancingEntryValues, tx: Tx): Promise<void> {
    await this.entities
      .of(LoadBalancingModelConfigEntity, tx)
      .update({ id, ...storedKey(key) }, { ...columnsOf(values), updatedAt: new Date() });
  }

  async delete(key: ModelKey, ids: readonly string[], tx: Tx): Promise<void> {
    for (const id of ids) await this.entities.of(LoadBalancingModelConfigEntity, tx).delete({ id, ...storedKey(key) });
  }

  /** Carries a changed credential over to the entries copied from it. */
  async refreshCopies(tenantId: string, credentialId: string, copy: { name?: string; encryptedConfig: string }, tx: Tx): Promise<void> {
    await this.entities
      .of(LoadBalancingModelConfigEntity, tx)
      .update(
        { tenantId, credentialId },
        { ...(copy.name === undefined ? {} : { name: copy.name }), encryptedConfig: copy.encryptedConfig, updatedAt: new Date() },
      );
  }

  /** Deletes the entries copied from a credential. */
  async deleteCopies(tenantId: string, credentialId: string, tx: Tx): Promise<void> {
    await this.entities.of(LoadBalancingModelConfigEntity, tx).delete({ tenantId, credentialId });
  }
}

function columnsOf({ source, ...values }: BalancingEntryValues) {
  return { ...values, credentialSourceType: source };
}
