import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPartitionedTable, ensurePartitions } from '#platform/database';

/** The ledger of runs, the processes that execute them, and used idempotency keys. */
export class Runs20261123104000 implements MigrationInterface {
  readonly name = 'Runs20261123104000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table process_instances (
        id uuid primary key,
        role varchar(16) not null,
        host varchar(255) not null,
        pid int not null,
        started_at timestamptz not null default now(),
        heartbeat_at timestamptz not null default now()
      )`);
    await createPartitionedTable(
      runner,
      'app_runs',
      `id uuid primary key,
       tenant_id uuid not null,
       app_id uuid not null,
       mode varchar(32) not null,
       subject_id uuid not null,
       principal varchar(80) not null,
       state varchar(16) not null,
       outcome varchar(16),
       reason text,
       owner uuid not null,
       fence int not null,
       deadline timestamptz not null,
       stop_requested_at timestamptz,
       created_at timestamptz not null default now(),
       finished_at timestamptz`,
    );
    await ensurePartitions(runner, 'app_runs');
    await runner.query('create index app_runs_owner_idx on app_runs (owner) where finished_at is null');
    await runner.query('create index app_runs_app_idx on app_runs (tenant_id, app_id) where finished_at is null');
    await runner.query(`
      create table run_idempotency_keys (
        id uuid primary key,
        tenant_id uuid not null,
        app_id uuid not null,
        principal varchar(80) not null,
        key varchar(255) not null,
        request_hash char(64) not null,
        run_id uuid not null,
        created_at timestamptz not null default now()
      )`);
    await runner.query('create unique index run_idempotency_keys_unique on run_idempotency_keys (tenant_id, app_id, principal, key)');
    await runner.query('create index run_idempotency_keys_created_idx on run_idempotency_keys (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table run_idempotency_keys');
    await runner.query('drop table app_runs');
    await runner.query('drop table process_instances');
  }
}
