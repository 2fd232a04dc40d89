import { z } from 'zod';
import { backoffMs, defineJob } from './contract/job-contract.js';
import { defineSchedule } from './contract/schedule-contract.js';
import { JobsConfigurationError } from './jobs.errors.js';
import { JobsRegistry } from './jobs.registry.js';
import { nextTime } from './schedules/next-time.js';
import { jobIdOf } from './stored-job.js';

const index = defineJob({ name: 'document.index', queue: 'knowledge', payload: z.object({ id: z.string() }) });
const send = defineJob({ name: 'mail.send', queue: 'mail', payload: z.object({}) });

const problemsOf = (registry: JobsRegistry): readonly string[] => {
  try {
    registry.verify();
  } catch (error) {
    if (error instanceof JobsConfigurationError) return error.problems;
    throw error;
  }
  return [];
};

describe('JobsRegistry', () => {
  it('should accept jobs with one handler each', () => {
    const registry = new JobsRegistry();
    registry.register([index, send], [defineSchedule({ name: 'daily', cron: '0 4 * * *', job: send, payload: {} })]);
    registry.register([index]);
    registry.addHandler('knowledge', 'document.index');
    registry.addHandler('mail', 'mail.send');

    expect(problemsOf(registry)).toEqual([]);
    expect(registry.find('document.index')).toBe(index);
  });

  it('should name every job without a handler, with two, in the wrong queue or defined twice, and every stray handler', () => {
    const registry = new JobsRegistry();
    const twin = defineJob({ name: 'mail.send', queue: 'mail', payload: z.object({}) });
    const moved = defineJob({ name: 'run.resume', queue: 'runs', payload: z.object({}) });
    registry.register([index, send, twin, moved]);
    registry.addHandler('mail', 'mail.send');
    registry.addHandler('mail', 'mail.send');
    registry.addHandler('mail', 'run.resume');
    registry.addHandler('mail', 'mail.gone');

    const problems = problemsOf(registry).join('\n');

    expect(problems).toContain('job document.index has no handler');
    expect(problems).toContain('job mail.send has 2 handlers');
    expect(problems).toContain('job mail.send is defined 2 times');
    expect(problems).toContain('job run.resume waits in queue runs, and its handler listens to mail');
    expect(problems).toContain('there is a handler for mail.gone');
  });

  it('should name schedules that can not be read, have a wrong payload or an unknown job', () => {
    const registry = new JobsRegistry();
    registry.addHandler('knowledge', 'document.index');
    registry.register(
      [index],
      [
        defineSchedule({ name: 'unreadable', cron: 'every day', job: index, payload: { id: '1' } }),
        defineSchedule({ name: 'nowhere', cron: '* * * * *', timeZone: 'Mars/Olympus', job: index, payload: { id: '1' } }),
        defineSchedule({ name: 'misfit', cron: '* * * * *', job: index, payload: {} as { id: string } }),
        defineSchedule({ name: 'stray', cron: '* * * * *', job: send, payload: {} }),
      ],
    );

    expect(problemsOf(registry).map((problem) => problem.split(' ')[1])).toEqual(['unreadable', 'nowhere', 'misfit', 'stray']);
  });
});

describe('nextTime', () => {
  it('should read the fields in the time zone of the schedule, over a change of summer time', () => {
    const schedule = { cron: '30 4 * * *', timeZone: 'Europe/Berlin' };

    expect(nextTime(schedule, new Date('2026-03-28T12:00:00Z'))?.toISOString()).toBe('2026-03-29T02:30:00.000Z');
    expect(nextTime(schedule, new Date('2026-03-27T12:00:00Z'))?.toISOString()).toBe('2026-03-28T03:30:00.000Z');
  });
});

describe('backoffMs', () => {
  it('should double the wait up to its maximum, a tenth more at most', () => {
    const backoff = { delayMs: 100, maxMs: 1000 };
    for (const [failed, wait] of [
      [1, 100],
      [2, 200],
      [4, 800],
      [5, 1000],
      [5000, 1000],
    ] as const) {
      expect(backoffMs(failed, backoff)).toBeGreaterThanOrEqual(wait);
      expect(backoffMs(failed, backoff)).toBeLessThanOrEqual(wait * 1.1);
    }
  });
});

describe('jobIdOf', () => {
  it('should keep a UUID and make one of any other key, the same for the same key and job', () => {
    expect(jobIdOf('a', '0190A1B2-0000-7000-8000-000000000001')).toBe('0190a1b2-0000-7000-8000-000000000001');
    expect(jobIdOf('a', 'key')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(jobIdOf('a', 'key')).toBe(jobIdOf('a', 'key'));
    expect(jobIdOf('a', 'key')).not.toBe(jobIdOf('b', 'key'));
  });
});
