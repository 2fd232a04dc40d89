import type { MigrationInterface, QueryRunner } from 'typeorm';

const MODEL_COLUMNS = `
  tenant_id uuid not null,
  provider_name varchar(255) not null,
  model_name varchar(255) not null,
  model_type varchar(40) not null`;

const TIMES = `
  created_at timestamptz not null,
  updated_at timestamptz not null`;

/** Credentials, added models, settings and default models of the workspaces. */
export class Models20261123102000 implements MigrationInterface {
  readonly name = 'Models20261123102000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table providers (
        id uuid primary key,
        tenant_id uuid not null,
        provider_name varchar(255) not null,
        provider_type varchar(40) not null,
        credential_id uuid,
        is_valid boolean not null,
        last_used timestamptz,
        ${TIMES}
      )`);
    await runner.query(`create unique index provider_tenant_provider_idx on providers (tenant_id, provider_name, provider_type)`);

    await runner.query(`
      create table provider_credentials (
        id uuid primary key,
        tenant_id uuid not null,
        provider_name varchar(255) not null,
        credential_name varchar(255) not null,
        encrypted_config text not null,
        ${TIMES}
      )`);
    await runner.query(
      `create unique index provider_credential_tenant_provider_name_idx on provider_credentials (tenant_id, provider_name, credential_name)`,
    );

    await runner.query(
      `create table provider_models (id uuid primary key, ${MODEL_COLUMNS}, credential_id uuid, is_valid boolean not null, ${TIMES})`,
    );
    await runner.query(
      `create unique index provider_model_tenant_provider_model_idx on provider_models (tenant_id, provider_name, model_name, model_type)`,
    );

    await runner.query(`
      create table provider_model_credentials (
        id uuid primary key, ${MODEL_COLUMNS}, credential_name varchar(255) not null, encrypted_config text not null, ${TIMES}
      )`);
    await runner.query(
      `create unique index provider_model_credential_tenant_model_name_idx
         on provider_model_credentials (tenant_id, provider_name, model_name, model_type, credential_name)`,
    );

    await runner.query(`
      create table provider_model_settings (
        id uuid primary key, ${MODEL_COLUMNS}, enabled boolean not null, load_balancing_enabled boolean not null, ${TIMES}
      )`);
    await runner.query(
      `create unique index provider_model_setting_tenant_model_idx on provider_model_settings (tenant_id, provider_name, model_name, model_type)`,
    );

    await runner.query(`
      create table load_balancing_model_configs (
        id uuid primary key, ${MODEL_COLUMNS}, name varchar(255) not null, encrypted_config text, credential_id uuid,
        credential_source_type varchar(40), enabled boolean not null, ${TIMES}
      )`);
    await runner.query(
      `create index load_balancing_model_config_tenant_model_idx on load_balancing_model_configs (tenant_id, provider_name, model_name, model_type)`,
    );

    await runner.query(`create table tenant_default_models (id uuid primary key, ${MODEL_COLUMNS}, ${TIMES})`);
    await runner.query(`create unique index tenant_default_model_tenant_type_idx on tenant_default_models (tenant_id, model_type)`);

    await runner.query(`
      create table tenant_preferred_model_providers (
        id uuid primary key, tenant_id uuid not null, provider_name varchar(255) not null, preferred_provider_type varchar(40) not null, ${TIMES}
      )`);
    await runner.query(
      `create unique index tenant_preferred_model_provider_tenant_provider_idx on tenant_preferred_model_providers (tenant_id, provider_name)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'tenant_preferred_model_providers',
      'tenant_default_models',
      'load_balancing_model_configs',
      'provider_model_settings',
      'provider_model_credentials',
      'provider_models',
      'provider_credentials',
      'providers',
    ];
    for (const table of tables) await runner.query(`drop table ${table}`);
  }
}
