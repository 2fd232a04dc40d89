import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their workspaces and sessions, and the note that the installation was set up. */
export class AccountsAndWorkspaces20261123101000 implements MigrationInterface {
  readonly name = 'AccountsAndWorkspaces20261123101000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table dify_setups (version varchar(255) primary key, setup_at timestamptz not null)`);

    await runner.query(`
      create table accounts (
        id uuid primary key,
        name varchar(255) not null,
        email varchar(255) not null,
        password varchar(255),
        password_salt varchar(255),
        avatar varchar(255),
        interface_language varchar(255),
        interface_theme varchar(255),
        timezone varchar(255),
        last_login_at timestamptz,
        last_login_ip varchar(255),
        status varchar(16) not null,
        initialized_at timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        last_active_at timestamptz not null
      )`);
    await runner.query(`create unique index account_email_idx on accounts (email)`);

    await runner.query(`
      create table tenants (
        id uuid primary key,
        name varchar(255) not null,
        encrypt_public_key text,
        plan varchar(255) not null,
        status varchar(255) not null,
        custom_config text,
        is_system boolean not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);

    await runner.query(`
      create table tenant_account_joins (
        id uuid primary key,
        tenant_id uuid not null constraint tenant_account_join_tenant_fkey references tenants (id) on delete cascade,
        account_id uuid not null,
        role varchar(16) not null,
        invited_by uuid,
        current boolean not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);
    await runner.query(`create unique index unique_tenant_account_join on tenant_account_joins (tenant_id, account_id)`);
    await runner.query(`create index tenant_account_join_account_id_idx on tenant_account_joins (account_id)`);

    await runner.query(`
      create table refresh_tokens (
        id uuid primary key,
        family_id uuid not null,
        account_id uuid not null,
        token_hash varchar(64) not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        rotated_at timestamptz
      )`);
    await runner.query(`create unique index refresh_token_hash_idx on refresh_tokens (token_hash)`);
    await runner.query(`create index refresh_token_family_id_idx on refresh_tokens (family_id)`);
    await runner.query(`create index refresh_token_account_id_idx on refresh_tokens (account_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table refresh_tokens');
    await runner.query('drop table tenant_account_joins');
    await runner.query('drop table tenants');
    await runner.query('drop table accounts');
    await runner.query('drop table dify_setups');
  }
}
