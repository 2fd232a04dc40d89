import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPartitionedTable } from '#platform/database';

/** The ledger of runs: one narrow row for every run of every mode. */
export class CreateAppRuns20261123104000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createPartitionedTable(
      runner,
      'app_runs',
      `tenant_id uuid not null,
      app_id uuid not null,
      mode varchar(32) not null,
      subject_id uuid not null,
      principal varchar(64) not null,
      state varchar(16) not null,
      owner uuid not null,
      fence integer not null,
      deadline timestamptz not null,
      stop_requested_at timestamptz,
      outcome varchar(16),
      reason text,
      created_at timestamptz not null default now(),
      finished_at timestamptz`,
    );
    await runner.query('create index app_runs_unfinished_idx on app_runs (owner) where finished_at is null');
    await runner.query('create index app_runs_active_idx on app_runs (tenant_id, app_id) where finished_at is null');
    await runner.query('create index app_runs_subject_idx on app_runs (subject_id)');
    // A table of its own: a unique index on a partitioned table would have to hold the partition key.
    await runner.query(`create table run_idempotency (
      id uuid not null primary key,
      tenant_id uuid not null,
      app_id uuid not null,
      principal varchar(64) not null,
      idempotency_key varchar(255) not null,
      request_hash varchar(64) not null,
      created_at timestamptz not null default now()
    )`);
    await runner.query('create unique index run_idempotency_key_idx on run_idempotency (tenant_id, app_id, principal, idempotency_key)');
    await runner.query('create index run_idempotency_created_at_idx on run_idempotency (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table run_idempotency');
    await runner.query('drop table app_runs');
  }
}
