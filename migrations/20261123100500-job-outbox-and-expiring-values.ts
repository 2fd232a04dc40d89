import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of #platform/jobs and #platform/bus: dead jobs, schedules, done effects, and values with an end. */
export class JobOutboxAndExpiringValues20261123100500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table dead_jobs (
      id uuid primary key,
      queue text not null,
      name text not null,
      payload text not null,
      attempts integer not null,
      backoff_ms integer not null,
      backoff_max_ms integer not null,
      attempts_made integer not null,
      error text not null,
      failed_at timestamptz not null default now()
    )`);
    await runner.query('create index dead_jobs_failed_at_idx on dead_jobs (failed_at desc, id desc)');
    await runner.query(`create table job_schedules (
      name text primary key,
      cron text not null,
      time_zone text not null,
      next_run_at timestamptz not null,
      last_run_at timestamptz
    )`);
    await runner.query(`create table job_effects (
      id uuid primary key,
      done_at timestamptz not null default now()
    )`);
    await runner.query('create index job_effects_done_at_idx on job_effects (done_at)');
    await runner.query(`create table expiring_values (
      key text primary key,
      value text not null,
      expires_at timestamptz not null
    )`);
    await runner.query('create index expiring_values_expires_at_idx on expiring_values (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['expiring_values', 'job_effects', 'job_schedules', 'dead_jobs']) await runner.query(`drop table ${table}`);
  }
}
