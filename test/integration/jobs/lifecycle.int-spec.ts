import { Processor } from '@nestjs/bull';
import { z } from 'zod';
import { Sql } from '#platform/database';
import {
  DeadJobs,
  defineJob,
  defineSchedule,
  type JobAttempt,
  JobQueues,
  Jobs,
  JobsModule,
  type PayloadOf,
  ProcessJob,
} from '#platform/jobs';
import { canStartRedis, type PrivateRedis, startPrivateRedis, until } from '../../support/redis.js';
import { type OpenSystem, openOnPostgres, systems, testDatabaseUrl } from '../../support/systems.js';

const note = defineJob({
  name: 'spec.note',
  queue: 'maintenance',
  payload: z.object({ key: z.string(), hold: z.boolean().optional() }),
  attempts: 3,
  backoff: { delayMs: 20 },
});
const daily = defineSchedule({ name: 'spec.daily', cron: '0 4 * * *', timeZone: 'Europe/Berlin', job: note, payload: { key: 'daily' } });
const everySecond = defineSchedule({ name: 'spec.every-second', cron: '* * * * * *', job: note, payload: { key: 'tick' } });

const begun: { key: string; attempt: number; signal: AbortSignal }[] = [];
const of = (key: string): number => begun.filter((item) => item.key === key).length;

@Processor('maintenance')
class MaintenanceProcessor {
  @ProcessJob(note, { concurrency: 5 })
  async note({ data, attempt, signal }: JobAttempt<PayloadOf<typeof note>>): Promise<void> {
    begun.push({ key: data.key, attempt, signal });
    if (data.hold === true && of(data.key) === 1) await new Promise(() => undefined);
  }
}

const jobs = { jobs: [note] };
const api = { imports: [JobsModule.forFeature(jobs)] };
const worker = { imports: [JobsModule.forFeature(jobs)], providers: [MaintenanceProcessor] };
const scheduling = { imports: [JobsModule.forFeature({ ...jobs, schedules: [daily, everySecond] })], providers: [MaintenanceProcessor] };
const SHORT_LOCK = { env: { JOBS_LOCK_MS: '1000' } };

describe.each(systems)('the life of jobs on $name', (system) => {
  let opened: OpenSystem;

  beforeEach(async () => {
    begun.splice(0);
    opened = await system.open();
  });
  afterEach(() => opened.close());

  it('should refuse to start a worker whose job has no handler, and start an api process all the same', async () => {
    const process = await opened.start(api, { api: true });
    await process.get(Jobs).enqueue(note, { key: 'waiting' });
    await process.close();

    await expect(opened.start(api)).rejects.toThrow('job spec.note has no handler');
  });

  it('should interrupt what runs too long at a stop, and run it again afterwards without a lost attempt', async () => {
    const first = await opened.start(worker, SHORT_LOCK);
    await first.get(Jobs).enqueue(note, { key: 'held', hold: true });
    await until(() => of('held') === 1, 'it is at work');
    await first.get(Jobs).enqueue(note, { key: 'quick' });
    await until(() => of('quick') === 1, 'another is done meanwhile');

    await first.close();
    expect(begun[0]?.signal.aborted).toBe(true);
    const second = await opened.start(worker, SHORT_LOCK);

    await until(() => of('held') === 2, 'it ran again', 20_000);
    await until(async () => (await second.get(DeadJobs).list()).length === 0, 'nothing is dead');
    expect(of('quick')).toBe(1);
  });

  it('should find jobs that were enqueued while nobody worked', async () => {
    const first = await opened.start(api, { api: true });
    await first.get(Jobs).enqueue(note, { key: 'early' });
    await first.close();

    await opened.start(worker);

    await until(() => of('early') === 1, 'it is done');
  });

  it('should fire a schedule once for the time that was missed, and set the next', async () => {
    const began = Date.now();
    const first = await opened.start(scheduling);
    const sql = first.get(Sql);
    const next = async (): Promise<Date | undefined> =>
      (await sql.row<{ next_run_at: Date }>(`select next_run_at from job_schedules where name = 'spec.daily'`))?.next_run_at;
    await until(async () => (await next()) !== undefined, 'the schedule is known');
    expect((await next())?.toISOString()).toMatch(/T0[23]:00:00\.000Z$/);

    await sql.run(`update job_schedules set next_run_at = now() - interval '3 days' where name = 'spec.daily'`);
    if (system.hasRedis) await Promise.all([opened.start(scheduling), opened.start(scheduling)]);
    await until(() => of('daily') === 1, 'it fired');
    await until(() => of('tick') >= 2, 'the other one fires again and again');

    expect(of('daily')).toBe(1);
    expect((await next())?.getTime()).toBeGreaterThan(Date.now());
    expect(of('tick')).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 1000) + 1);
  });

  it.runIf(!system.hasRedis)('should put a job among the dead whose last attempt ended its process', async () => {
    const first = await opened.start(worker);
    const { id } = await first.get(JobQueues).get('maintenance').add('spec.note', { key: 'poison', hold: true }, { attempts: 1 });
    await until(() => of('poison') === 1, 'it is at work');
    await first.close();

    const second = await opened.start(worker);

    expect(await second.get(DeadJobs).list()).toMatchObject([{ id, attemptsMade: 1 }]);
    await second.get(DeadJobs).retry(id);
    await until(() => of('poison') === 2, 'it was retried');
  });
});

describe.runIf(canStartRedis && testDatabaseUrl !== undefined)('the outbox', () => {
  let redis: PrivateRedis;
  let opened: OpenSystem;

  beforeEach(async () => {
    begun.splice(0);
    redis = await startPrivateRedis();
    opened = await openOnPostgres(testDatabaseUrl ?? '', redis.url);
  });
  afterEach(async () => {
    redis.thaw();
    await opened.close();
    await redis.stop();
  });

  it('should let the work enqueued by one process be done by another', async () => {
    const sender = await opened.start(api, { api: true });
    await opened.start(worker);

    await sender.get(Jobs).enqueue(note, { key: 'sent' });

    await until(() => of('sent') === 1, 'it is done');
    await until(async () => (await sender.get(Sql).rows('select 1 from job_outbox')).length === 0, 'the outbox is empty');
  });

  it('should take jobs while Redis is frozen or gone, and hand them over when it is back', async () => {
    const process = await opened.start(worker);
    await process.get(Jobs).enqueue(note, { key: 'before' });
    await until(() => of('before') === 1, 'it is done');

    redis.freeze();
    for (let i = 0; i < 5; i += 1) await process.get(Jobs).enqueue(note, { key: `frozen-${String(i)}` });
    redis.thaw();
    await until(() => [0, 1, 2, 3, 4].every((i) => of(`frozen-${String(i)}`) >= 1), 'all are done', 20_000);

    await redis.kill();
    await process.get(Jobs).enqueue(note, { key: 'gone' });
    await redis.restart();
    await until(() => of('gone') >= 1, 'it is done', 20_000);

    await until(async () => (await process.get(Sql).rows('select 1 from job_outbox')).length === 0, 'the outbox is empty');
    expect([0, 1, 2, 3, 4].map((i) => of(`frozen-${String(i)}`))).toEqual([1, 1, 1, 1, 1]);
  });

  it('should add a job once that is handed over twice', async () => {
    const process = await opened.start(worker);
    const id = await process.get(Jobs).enqueue(note, { key: 'once' });
    await until(() => of('once') === 1, 'it is done');

    // As if the process had died between handing over and deleting the row.
    await process
      .get(Sql)
      .run(`insert into job_outbox (id, queue, name, payload, options) values ($1, 'maintenance', 'spec.note', $2, $3)`, [
        id,
        JSON.stringify({ key: 'once' }),
        JSON.stringify({ attempts: 3, backoff: note.backoff }),
      ]);
    await until(async () => (await process.get(Sql).rows('select 1 from job_outbox')).length === 0, 'the row was handed over again');
    await process.get(Jobs).enqueue(note, { key: 'then' });
    await until(() => of('then') === 1, 'the next is done');

    expect(of('once')).toBe(1);
  });
});
