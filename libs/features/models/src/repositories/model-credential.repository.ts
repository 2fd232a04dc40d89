import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import { Entities, isUniqueViolation, Sql, type Tx } from '#platform/database';
import { ProviderModelCredentialEntity } from '../entities/provider-model-credential.entity.js';
import { ProviderModelEntity } from '../entities/provider-model.entity.js';
import { storedKey, type ModelKey } from '../model-key.js';
import { CredentialNameTakenError } from '../models.errors.js';
import type { StoredCredential } from '../provider-configuration.js';

/** Credentials of single models, and the models a workspace added to a provider's list. */
@Injectable()
export class ModelCredentialRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  async find(key: ModelKey, id: string): Promise<StoredCredential | null> {
    const row = await this.entities.of(ProviderModelCredentialEntity).findOneBy({ id, ...storedKey(key) });
    return row && { id: row.id, name: row.credentialName, encryptedConfig: row.encryptedConfig, version: row.updatedAt.toISOString() };
  }

  /** Answers with the id of the new row. Throws `CredentialNameTakenError`. */
  async insert(key: ModelKey, name: string, encryptedConfig: string, tx: Tx): Promise<string> {
    const now = new Date();
    const id = uuidv7();
    try {
      await this.entities
        .of(ProviderModelCredentialEntity, tx)
        .insert({ id, ...storedKey(key), credentialName: name, encryptedConfig, createdAt: now, updatedAt: now });
    } catch (error) {
      throw isUniqueViolation(error) ? new CredentialNameTakenError(name, key.model) : error;
    }
    return id;
  }

  /** Without a name the old one stays. Throws `CredentialNameTakenError`. */
  async update(key: ModelKey, id: string, change: { name?: string; encryptedConfig: string }, tx: Tx): Promise<boolean> {
    try {
      const result = await this.entities.of(ProviderModelCredentialEntity, tx).update(
        { id, ...storedKey(key) },
        {
          ...(change.name === undefined ? {} : { credentialName: change.name }),
          encryptedConfig: change.encryptedConfig,
          updatedAt: new Date(),
        },
      );
      return result.affected === 1;
    } catch (error) {
      throw isUniqueViolation(error) ? new CredentialNameTakenError(change.name ?? '', key.model) : error;
    }
  }

  async delete(key: ModelKey, id: string, tx: Tx): Promise<boolean> {
    const result = await this.entities.of(ProviderModelCredentialEntity, tx).delete({ id, ...storedKey(key) });
    return result.affected === 1;
  }

  /** Adds the model to the list, or gives the added one this credential if it has none in use. */
  async adopt(key: ModelKey, credentialId: string, tx: Tx): Promise<void> {
    const { tenantId, providerName, modelName, modelType } = storedKey(key);
    await this.sql.run(
      `insert into provider_models as m (id, tenant_id, provider_name, model_name, model_type, credential_id, is_valid, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, true, $7, $7)
       on conflict (tenant_id, provider_name, model_name, model_type)
       do update set credential_id = coalesce(m.credential_id, excluded.credential_id), is_valid = true, updated_at = excluded.updated_at`,
      [uuidv7(), tenantId, providerName, modelName, modelType, credentialId, new Date()],
      tx,
    );
  }

  /** Puts a credential in use, adding the model to the list if it is not there. */
  async use(key: ModelKey, credentialId: string, tx: Tx): Promise<void> {
    await this.adopt(key, credentialId, tx);
    await this.entities.of(ProviderModelEntity, tx).update(storedKey(key), { credentialId, updatedAt: new Date() });
  }

  /** After a deletion: no credential in use if it was that one; off the list if it was the model's last one. */
  async release(key: ModelKey, credentialId: string, tx: Tx): Promise<void> {
    const { tenantId, providerName, modelName, modelType } = storedKey(key);
    const model = [tenantId, providerName, modelName, modelType];
    await this.sql.run(
      `update provider_models set credential_id = null, updated_at = $6
       where tenant_id = $1 and provider_name = $2 and model_name = $3 and model_type = $4 and credential_id = $5`,
      [...model, credentialId, new Date()],
      tx,
    );
    await this.sql.run(
      `delete from provider_models m
       where m.tenant_id = $1 and m.provider_name = $2 and m.model_name = $3 and m.model_type = $4 and not exists (
         select 1 from provider_model_credentials c
         where c.tenant_id = m.tenant_id and c.provider_name = m.provider_name and c.model_name = m.model_name and c.model_type = m.model_type)`,
      model,
      tx,
    );
  }

  /** Takes the model off the list; its credentials stay. */
  async removeModel(key: ModelKey, tx: Tx): Promise<void> {
    await this.entities.of(ProviderModelEntity, tx).delete(storedKey(key));
  }
}
