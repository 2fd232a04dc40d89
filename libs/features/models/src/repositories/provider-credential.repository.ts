import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#common';
import { Entities, isUniqueViolation, Sql, type Tx } from '#platform/database';
import { ProviderCredentialEntity } from '../entities/provider-credential.entity.js';
import { ProviderEntity } from '../entities/provider.entity.js';
import { CredentialNameTakenError } from '../models.errors.js';
import type { StoredCredential } from '../provider-configuration.js';

/** Provider-wide credentials, the record of which is in use, and the preference between own and system credentials. */
@Injectable()
export class ProviderCredentialRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  async find(tenantId: string, providerName: string, id: string): Promise<StoredCredential | null> {
    const row = await this.entities.of(ProviderCredentialEntity).findOneBy({ id, tenantId, providerName });
    return row && { id: row.id, name: row.credentialName, encryptedConfig: row.encryptedConfig, version: row.updatedAt.toISOString() };
  }

  /** Answers with the id of the new row. Throws `CredentialNameTakenError`. */
  async insert(tenantId: string, providerName: string, name: string, encryptedConfig: string, tx: Tx): Promise<string> {
    const now = new Date();
    const id = uuidv7();
    try {
      await this.entities
        .of(ProviderCredentialEntity, tx)
        .insert({ id, tenantId, providerName, credentialName: name, encryptedConfig, createdAt: now, updatedAt: now });
    } catch (error) {
      throw isUniqueViolation(error) ? new CredentialNameTakenError(name) : error;
    }
    return id;
  }

  /** Without a name the old one stays. Throws `CredentialNameTakenError`. */
  async update(
    tenantId: string,
    providerName: string,
    id: string,
    change: { name?: string; encryptedConfig: string },
    tx: Tx,
  ): Promise<boolean> {
    try {
      const result = await this.entities.of(ProviderCredentialEntity, tx).update(
        { id, tenantId, providerName },
        {
          ...(change.name === undefined ? {} : { credentialName: change.name }),
          encryptedConfig: change.encryptedConfig,
          updatedAt: new Date(),
        },
      );
      return result.affected === 1;
    } catch (error) {
      throw isUniqueViolation(error) ? new CredentialNameTakenError(change.name ?? '') : error;
    }
  }

  async delete(tenantId: string, providerName: string, id: string, tx: Tx): Promise<boolean> {
    const result = await this.entities.of(ProviderCredentialEntity, tx).delete({ id, tenantId, providerName });
    return result.affected === 1;
  }

  /** Makes the record of the provider, or gives the existing one this credential if it has none in use. Answers whether it is new. */
  async adopt(tenantId: string, providerName: string, credentialId: string, tx: Tx): Promise<boolean> {
    const now = new Date();
    const created = await this.sql.run(
      `insert into providers (id, tenant_id, provider_name, provider_type, credential_id, is_valid, created_at, updated_at)
       values ($1, $2, $3, 'custom', $4, true, $5, $5) on conflict (tenant_id, provider_name, provider_type) do nothing`,
      [uuidv7(), tenantId, providerName, credentialId, now],
      tx,
    );
    if (created === 1) return true;
    await this.sql.run(
      `update providers set credential_id = $3, is_valid = true, updated_at = $4
       where tenant_id = $1 and provider_name = $2 and provider_type = 'custom' and credential_id is null`,
      [tenantId, providerName, credentialId, now],
      tx,
    );
    return false;
  }

  /** Puts another credential in use. Answers whether the provider has a record. */
  async use(tenantId: string, providerName: string, credentialId: string, tx: Tx): Promise<boolean> {
    const result = await this.entities
      .of(ProviderEntity, tx)
      .update({ tenantId, providerName, providerType: 'custom' }, { credentialId, isValid: true, updatedAt: new Date() });
    return result.affected === 1;
  }

  /** After a deletion: no credential in use if it was that one, no record at all if it was the last one. */
  async release(tenantId: string, providerName: string, credentialId: string, tx: Tx): Promise<void> {
    await this.sql.run(
      `update providers set credential_id = null, updated_at = $4 where tenant_id = $1 and provider_name = $2 and credential_id = $3`,
      [tenantId, providerName, credentialId, new Date()],
      tx,
    );
    await this.sql.run(
      `delete from providers p where p.tenant_id = $1 and p.provider_name = $2 and not exists (
         select 1 from provider_credentials c where c.tenant_id = p.tenant_id and c.provider_name = p.provider_name)`,
      [tenantId, providerName],
      tx,
    );
  }

  async prefer(tenantId: string, providerName: string, preferred: 'custom' | 'system', tx: Tx): Promise<void> {
    await this.sql.run(
      `insert into tenant_preferred_model_providers (id, tenant_id, provider_name, preferred_provider_type, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $5)
       on conflict (tenant_id, provider_name) do update set preferred_provider_type = excluded.preferred_provider_type, updated_at = excluded.updated_at`,
      [uuidv7(), tenantId, providerName, preferred, new Date()],
      tx,
    );
  }
}
