import { Injectable } from '@nestjs/common';
import { parseModelType } from '#engines/model-runtime';
import type { ModelType } from '#engines/model-runtime';
import { Sql } from '#platform/database';
import type { BalancingEntry, CredentialSource, ProviderConfiguration } from '../provider-configuration.js';
import { emptyConfiguration } from '../provider-configuration.js';

interface ProviderRow {
  provider_name: string;
  credential_id: string | null;
}

interface CredentialRow {
  id: string;
  provider_name: string;
  name: string;
  config: string | null;
  version: string;
}

interface ModelRow {
  provider_name: string;
  model_name: string;
  model_type: string;
}

interface Rows {
  providers: ProviderRow[];
  credentials: CredentialRow[];
  models: (ModelRow & { credential_id: string | null })[];
  model_credentials: (CredentialRow & ModelRow)[];
  settings: (ModelRow & { enabled: boolean; load_balancing_enabled: boolean })[];
  balancing: (ModelRow &
    Omit<CredentialRow, 'config'> & { config: string | null; credential_id: string | null; source: string | null; enabled: boolean })[];
  preferences: { provider_name: string; preferred_provider_type: string }[];
}

/** All rows of a part that belong to the workspace and, when one is named, the provider; secrets only of credentials in use. */
const part = (name: string, columns: string, from: string, order = 'x.created_at, x.id'): string =>
  `coalesce((select json_agg(r) from (select x.provider_name, ${columns} from ${from} where x.tenant_id = $1 and ($2::text is null or x.provider_name = $2) order by ${order}) r), '[]') as ${name}`;

const LOAD = `select ${[
  part('providers', 'x.credential_id', 'providers x'),
  part(
    'credentials',
    `x.id, x.credential_name as name, x.updated_at::text as version, case when exists (
       select 1 from providers p where p.tenant_id = x.tenant_id and p.provider_name = x.provider_name and p.credential_id = x.id
     ) then x.encrypted_config end as config`,
    'provider_credentials x',
  ),
  part('models', 'x.model_name, x.model_type, x.credential_id', 'provider_models x'),
  part(
    'model_credentials',
    `x.id, x.model_name, x.model_type, x.credential_name as name, x.updated_at::text as version, case when exists (
       select 1 from provider_models m where m.tenant_id = x.tenant_id and m.provider_name = x.provider_name and m.credential_id = x.id
     ) then x.encrypted_config end as config`,
    'provider_model_credentials x',
  ),
  part('settings', 'x.model_name, x.model_type, x.enabled, x.load_balancing_enabled', 'provider_model_settings x'),
  part(
    'balancing',
    'x.id, x.name, x.model_name, x.model_type, x.encrypted_config as config, x.credential_id, x.credential_source_type as source, x.enabled, x.updated_at::text as version',
    'load_balancing_model_configs x',
  ),
  part('preferences', 'x.preferred_provider_type', 'tenant_preferred_model_providers x'),
].join(',\n')}`;

/** Reads what a workspace has set up for its providers, in one statement. */
@Injectable()
export class ProviderConfigurationRepository {
  constructor(private readonly sql: Sql) {}

  /** One provider's configuration; an empty one when the workspace never touched it. */
  async find(tenantId: string, provider: string): Promise<ProviderConfiguration> {
    const found = await this.load(tenantId, provider);
    return found.get(provider) ?? emptyConfiguration(provider);
  }

  /** The configurations of all providers the workspace has touched, by long id. */
  list(tenantId: string): Promise<Map<string, ProviderConfiguration>> {
    return this.load(tenantId, null);
  }

  private async load(tenantId: string, provider: string | null): Promise<Map<string, ProviderConfiguration>> {
    const rows = await this.sql.row<Rows>(LOAD, [tenantId, provider]);
    const found = new Map<string, ProviderConfiguration>();
    if (rows === null) return found;
    const of = (name: string): ProviderConfiguration => {
      const known = found.get(name);
      if (known) return known;
      const made = emptyConfiguration(name);
      found.set(name, made);
      return made;
    };
    collect(rows, of);
    return found;
  }
}

function collect(rows: Rows, of: (provider: string) => ProviderConfiguration): void {
  const inUse = new Map<string, CredentialRow>();
  for (const row of [...rows.credentials, ...rows.model_credentials]) if (row.config !== null) inUse.set(row.id, row);
  const stored = (id: string | null) => {
    const row = id === null ? undefined : inUse.get(id);
    return row ? { id: row.id, name: row.name, encryptedConfig: row.config ?? '{}', version: row.version } : null;
  };
  for (const row of rows.credentials) of(row.provider_name).credentials.push({ id: row.id, name: row.name });
  for (const row of rows.providers) {
    const configuration = of(row.provider_name);
    configuration.hasRecord = true;
    configuration.credential = stored(row.credential_id);
  }
  for (const row of rows.models) {
    const modelType = typeOf(row);
    if (modelType) of(row.provider_name).models.push({ model: row.model_name, modelType, credential: stored(row.credential_id) });
  }
  for (const row of rows.model_credentials) {
    const modelType = typeOf(row);
    if (modelType) of(row.provider_name).modelCredentials.push({ id: row.id, name: row.name, model: row.model_name, modelType });
  }
  for (const row of rows.settings) {
    const modelType = typeOf(row);
    if (modelType) {
      of(row.provider_name).settings.push({
        model: row.model_name,
        modelType,
        enabled: row.enabled,
        loadBalancingEnabled: row.load_balancing_enabled,
      });
    }
  }
  for (const row of rows.balancing) {
    const modelType = typeOf(row);
    if (modelType) of(row.provider_name).balancing.push(balancingEntry(row, modelType));
  }
  for (const row of rows.preferences) of(row.provider_name).preferred = row.preferred_provider_type === 'system' ? 'system' : 'custom';
}

function balancingEntry(row: Rows['balancing'][number], modelType: ModelType): BalancingEntry {
  return {
    id: row.id,
    name: row.name,
    model: row.model_name,
    modelType,
    encryptedConfig: row.config,
    credentialId: row.credential_id,
    source: row.source as CredentialSource | null,
    enabled: row.enabled,
    version: row.version,
  };
}

function typeOf(row: ModelRow): ModelType | undefined {
  return parseModelType(row.model_type);
}
