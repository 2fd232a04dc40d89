import type { Sql, Tx } from '#platform/database';
import type { ScheduleContract } from '../contract/schedule-contract.js';

/** A schedule's place in time, by the database's clock. */
export interface ScheduleRow {
  name: string;
  /** Negative when it is due. Unit: milliseconds. */
  dueInMs: number;
  now: Date;
}

/** Statements on `job_schedules`. */
export class SchedulesRepository {
  constructor(private readonly sql: Sql) {}

  /** Makes a schedule known; a changed one begins anew, an unchanged one keeps its next time. */
  async upsert(schedule: ScheduleContract, nextRunAt: Date): Promise<void> {
    await this.sql.run(
      `insert into job_schedules (name, cron, time_zone, next_run_at) values ($1, $2, $3, $4)
       on conflict (name) do update set cron = excluded.cron, time_zone = excluded.time_zone, next_run_at = excluded.next_run_at
       where job_schedules.cron <> excluded.cron or job_schedules.time_zone <> excluded.time_zone`,
      [schedule.name, schedule.cron, schedule.timeZone, nextRunAt],
    );
  }

  async list(names: readonly string[]): Promise<ScheduleRow[]> {
    const rows = await this.sql.rows<{ name: string; due_in_ms: number; now: Date }>(
      `select name, (extract(epoch from next_run_at - now()) * 1000)::float8 as due_in_ms, now() as now from job_schedules where name = any($1::text[])`,
      [names],
    );
    return rows.map((row) => ({ name: row.name, dueInMs: row.due_in_ms, now: row.now }));
  }

  /** Moves a due schedule on to its next time. False when another process did. */
  async moveOn(name: string, to: Date, tx: Tx): Promise<boolean> {
    const statement = 'update job_schedules set next_run_at = $2, last_run_at = now() where name = $1 and next_run_at <= now()';
    return (await this.sql.run(statement, [name, to], tx)) === 1;
  }
}
