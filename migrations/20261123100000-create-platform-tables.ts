import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of the platform itself: who lives, and jobs that wait for their queue. */
export class CreatePlatformTables20261123100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table process_instances (
      id uuid not null primary key,
      role varchar(16) not null,
      host varchar(255) not null,
      pid integer not null,
      started_at timestamptz not null default now(),
      heartbeat_at timestamptz not null default now(),
      steady_since timestamptz not null default now()
    )`);
    await runner.query(`create table job_outbox (
      id uuid not null primary key,
      queue varchar(64) not null,
      name varchar(128) not null,
      payload text not null,
      options text not null default '{}',
      run_at timestamptz not null default now(),
      created_at timestamptz not null default now()
    )`);
    await runner.query('create index job_outbox_run_at_idx on job_outbox (run_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table job_outbox');
    await runner.query('drop table process_instances');
  }
}
