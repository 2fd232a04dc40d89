import { Injectable, Logger } from '@nestjs/common';
import { Sql, Transactions } from '#platform/database';
import type { ScheduleContract } from '../contract/schedule-contract.js';
import { Jobs } from '../jobs.js';
import { JobsRegistry } from '../jobs.registry.js';
import { WakeLoop } from '../wake-loop.js';
import { nextTime } from './next-time.js';
import { SchedulesRepository } from './schedules.repository.js';

/** Longest sleep between two looks at the table. Unit: milliseconds. */
const LONGEST_SLEEP_MS = 30_000;
const RETRY_MS = 2000;

/**
 * Enqueues scheduled jobs: the row of a schedule holds its next time, and whoever moves it on enqueues the job in the same
 * transaction. So a time counts once, whatever number of processes look, and none is lost when all of them were away.
 */
@Injectable()
export class Scheduler {
  private readonly logger = new Logger('Jobs');
  private readonly rows: SchedulesRepository;
  private isKnown = false;
  private readonly loop = new WakeLoop(
    () => this.look(),
    (error) => {
      this.logger.warn('schedules could not be looked at', { error });
      this.loop.restFor(RETRY_MS);
    },
  );

  constructor(
    sql: Sql,
    private readonly transactions: Transactions,
    private readonly jobs: Jobs,
    private readonly registry: JobsRegistry,
  ) {
    this.rows = new SchedulesRepository(sql);
  }

  start(): void {
    if (this.registry.listSchedules().length > 0) this.loop.wake();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async look(): Promise<void> {
    const schedules = new Map(this.registry.listSchedules().map((schedule) => [schedule.name, schedule]));
    if (!this.isKnown) await this.makeKnown([...schedules.values()]);
    let sleepMs = LONGEST_SLEEP_MS;
    for (const { name, dueInMs, now } of await this.rows.list([...schedules.keys()])) {
      const schedule = schedules.get(name) as ScheduleContract;
      if (dueInMs <= 0) await this.fire(schedule, now);
      const next = dueInMs > 0 ? dueInMs : (nextTime(schedule, now)?.getTime() ?? Infinity) - now.getTime();
      sleepMs = Math.min(sleepMs, next);
    }
    this.loop.restFor(Math.max(1, Math.ceil(sleepMs)));
  }

  private async fire(schedule: ScheduleContract, now: Date): Promise<void> {
    const next = nextTime(schedule, now);
    if (next === null) return;
    await this.transactions.run(async (tx) => {
      if (!(await this.rows.moveOn(schedule.name, next, tx))) return;
      await this.jobs.enqueue(schedule.job, schedule.payload, { tx });
    });
  }

  private async makeKnown(schedules: readonly ScheduleContract[]): Promise<void> {
    for (const schedule of schedules) {
      const next = nextTime(schedule, new Date());
      if (next !== null) await this.rows.upsert(schedule, next);
    }
    this.isKnown = true;
  }
}
