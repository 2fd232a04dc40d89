import { Injectable } from '@nestjs/common';
import type { JobContract } from './contract/job-contract.js';
import type { ScheduleContract } from './contract/schedule-contract.js';
import { JobsConfigurationError } from './jobs.errors.js';
import { nextTime } from './schedules/next-time.js';

/** All jobs, schedules and handlers of this process. */
@Injectable()
export class JobsRegistry {
  private readonly jobs = new Map<string, Set<JobContract>>();
  private readonly schedules = new Map<string, Set<ScheduleContract>>();
  private readonly handlers = new Map<string, string[]>();

  /** Makes jobs and their schedules known; a feature does it by `JobsModule.forFeature`. */
  register(jobs: readonly JobContract[], schedules: readonly ScheduleContract[] = []): void {
    for (const job of jobs) add(this.jobs, job.name, job);
    for (const schedule of schedules) add(this.schedules, schedule.name, schedule);
  }

  /** The contract of a job; undefined when no feature of this process registered it. */
  find(name: string): JobContract | undefined {
    return first(this.jobs.get(name));
  }

  /** All schedules. */
  listSchedules(): ScheduleContract[] {
    return [...this.schedules.values()].flatMap((named) => [...named]);
  }

  /** Counts a handler; queues do it. */
  addHandler(queue: string, name: string): void {
    this.handlers.set(name, [...(this.handlers.get(name) ?? []), queue]);
  }

  /** Refuses to go on unless every job has exactly one handler. For processes that work on jobs. @throws JobsConfigurationError with all problems. */
  verify(): void {
    const problems = [...this.jobProblems(), ...this.handlerProblems(), ...this.scheduleProblems()];
    if (problems.length > 0) throw new JobsConfigurationError(problems);
  }

  private *jobProblems(): Iterable<string> {
    for (const [name, contracts] of this.jobs) {
      const { queue } = first(contracts) as JobContract;
      const handlers = this.handlers.get(name) ?? [];
      if (contracts.size > 1) yield `job ${name} is defined ${String(contracts.size)} times`;
      if (handlers.length === 0)
        yield `job ${name} has no handler: add @ProcessJob to a method of a @Processor('${queue}') that a worker module provides`;
      if (handlers.length > 1) yield `job ${name} has ${String(handlers.length)} handlers`;
      for (const other of handlers) if (other !== queue) yield `job ${name} waits in queue ${queue}, and its handler listens to ${other}`;
    }
  }

  private *handlerProblems(): Iterable<string> {
    for (const name of this.handlers.keys()) {
      if (!this.jobs.has(name)) yield `there is a handler for ${name}, which no feature registered: add the job to JobsModule.forFeature`;
    }
  }

  private *scheduleProblems(): Iterable<string> {
    for (const [name, schedules] of this.schedules) {
      const schedule = first(schedules) as ScheduleContract;
      if (schedules.size > 1) yield `schedule ${name} is defined ${String(schedules.size)} times`;
      if (!this.jobs.has(schedule.job.name)) yield `schedule ${name} enqueues job ${schedule.job.name}, which no feature registered`;
      if (nextTime(schedule, new Date()) === null)
        yield `schedule ${name} can't be read: '${schedule.cron}' in time zone ${schedule.timeZone}`;
      const payload = schedule.job.payload.safeParse(schedule.payload);
      if (!payload.success) yield `schedule ${name} has a payload that does not fit job ${schedule.job.name}`;
    }
  }
}

function add<T>(map: Map<string, Set<T>>, name: string, item: T): void {
  map.set(name, (map.get(name) ?? new Set<T>()).add(item));
}

function first<T>(items: Set<T> | undefined): T | undefined {
  return items?.values().next().value;
}
