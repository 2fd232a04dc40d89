import type { JobContract, PayloadInputOf } from './job-contract.js';

/** A job that is enqueued at set times, once for all processes. A time missed while nobody ran is made up for once. */
export interface ScheduleContract {
  /** Stable: the time it ran last is stored under it. */
  readonly name: string;
  /** Five or six fields: (second) minute hour day month weekday. */
  readonly cron: string;
  /** IANA name of the time zone the fields are read in. */
  readonly timeZone: string;
  readonly job: JobContract;
  readonly payload: unknown;
}

/** Declares a schedule, beside its job. */
export function defineSchedule<J extends JobContract>(definition: {
  name: string;
  cron: string;
  timeZone?: string;
  job: J;
  payload: PayloadInputOf<J>;
}): ScheduleContract {
  return { timeZone: 'UTC', ...definition };
}
