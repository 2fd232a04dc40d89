import { InjectQueue } from '@nestjs/bull';
import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { uuidv7 } from '#common';
import {
  DeadJobs,
  defineJob,
  type JobAttempt,
  type JobQueue,
  type JobQueueName,
  JobRejectedError,
  JobsModule,
  type PayloadOf,
  ProcessJob,
} from '#platform/jobs';
import { Processor } from '@nestjs/bull';
import { until } from '../../support/redis.js';
import { type OpenSystem, systems } from '../../support/systems.js';

const payload = z.object({ key: z.string(), fail: z.number().optional(), reject: z.boolean().optional(), hold: z.boolean().optional() });
const work = defineJob({ name: 'spec.work', queue: 'knowledge', payload, timeoutMs: 10_000 });
const other = defineJob({ name: 'spec.other', queue: 'knowledge', payload });
const short = defineJob({ name: 'spec.short', queue: 'runs', payload, timeoutMs: 80 });

/** Attempts as they came, and holds that the test lets go. */
class Record {
  readonly attempts: { name: string; key: string; attempt: number; id: string; at: number }[] = [];
  readonly held = new Map<string, () => void>();
  readonly signals: AbortSignal[] = [];
  inside = 0;
  most = 0;

  of(key: string): number[] {
    return this.attempts.filter((attempt) => attempt.key === key).map(({ attempt }) => attempt);
  }
}

const record = new Record();

async function run(job: JobAttempt<PayloadOf<typeof work>>): Promise<string> {
  record.attempts.push({ name: job.name, key: job.data.key, attempt: job.attempt, id: job.id, at: Date.now() });
  record.signals.push(job.signal);
  record.inside += 1;
  record.most = Math.max(record.most, record.inside);
  try {
    if (job.data.key.startsWith('many')) await new Promise((resolve) => setTimeout(resolve, 5));
    if (job.data.hold === true) await new Promise<void>((resolve) => record.held.set(job.data.key, resolve));
    if (job.data.reject === true) throw new JobRejectedError('of no use');
    if (job.attempt <= (job.data.fail ?? 0)) throw new Error(`attempt ${String(job.attempt)} failed`);
    return `done ${job.data.key}`;
  } finally {
    record.inside -= 1;
  }
}

@Processor('knowledge')
class KnowledgeProcessor {
  @ProcessJob(work, { concurrency: 2 })
  work(job: JobAttempt<PayloadOf<typeof work>>): Promise<string> {
    return run(job);
  }

  @ProcessJob(other)
  other(job: JobAttempt<PayloadOf<typeof other>>): Promise<string> {
    return run(job);
  }
}

@Processor('runs')
class RunsProcessor {
  @ProcessJob(short)
  short(job: JobAttempt<PayloadOf<typeof short>>): Promise<string> {
    return run(job);
  }
}

@Injectable()
class Queues {
  constructor(
    @InjectQueue('knowledge' satisfies JobQueueName) readonly knowledge: JobQueue,
    @InjectQueue('runs') readonly runs: JobQueue,
  ) {}
}

const quick = { delayMs: 30, maxMs: 200 };

describe.each(systems)('a queue on $name', (system) => {
  let opened: OpenSystem;
  let process: INestApplicationContext;
  let queue: JobQueue;
  let runs: JobQueue;

  beforeAll(async () => {
    opened = await system.open();
    process = await opened.start({
      imports: [JobsModule.forFeature({ jobs: [work, other, short] })],
      providers: [KnowledgeProcessor, RunsProcessor, Queues],
    });
    ({ knowledge: queue, runs } = process.get(Queues));
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    record.attempts.splice(0);
    record.most = 0;
  });

  it('should do a job, once, and know it as completed', async () => {
    const { id, name, data } = await queue.add('spec.work', { key: 'one' });

    await until(async () => (await (await queue.getJob(id))?.getState()) === 'completed', 'the job is completed');

    expect({ name, data }).toEqual({ name: 'spec.work', data: { key: 'one' } });
    expect(record.attempts).toMatchObject([{ key: 'one', attempt: 1, id }]);
  });

  it('should do all of many jobs, each by the handler of its name, within the slots of the queue', async () => {
    const jobs = Array.from({ length: 40 }, (_, i) => ({ name: i % 2 ? 'spec.work' : 'spec.other', data: { key: `many-${String(i)}` } }));
    const handles = await queue.addBulk(jobs);

    await until(() => record.attempts.length === 40, 'all are done');

    expect(new Set(handles.map(({ id }) => id)).size).toBe(40);
    expect(record.attempts.map(({ key }) => key).sort()).toEqual(jobs.map(({ data }) => data.key).sort());
    expect(record.attempts.every(({ name, key }) => name === (Number(key.split('-')[1]) % 2 ? 'spec.work' : 'spec.other'))).toBe(true);
    expect(record.most).toBeGreaterThan(1);
    expect(record.most).toBeLessThanOrEqual(3);
  });

  it('should keep text that databases dislike as it is', async () => {
    const key = 'nul \u0000, lone \ud800, quote " and 漢字';
    await queue.add('spec.work', { key });

    await until(() => record.attempts.length === 1, 'the job is done');

    expect(record.attempts[0]?.key).toBe(key);
  });

  it('should try again with growing waits, and succeed when an attempt does', async () => {
    const { id } = await queue.add('spec.work', { key: 'again', fail: 2 }, { attempts: 4, backoff: { delayMs: 60, maxMs: 1000 } });

    await until(async () => (await (await queue.getJob(id))?.getState()) === 'completed', 'the third attempt succeeded');

    expect(record.of('again')).toEqual([1, 2, 3]);
    const [first, second, third] = record.attempts.map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(55);
    expect(third - second).toBeGreaterThanOrEqual(110);
  });

  it('should put a job among the dead after its last attempt, and take it back from there', async () => {
    const dead = process.get(DeadJobs);
    const { id } = await queue.add('spec.work', { key: 'dead', fail: 3 }, { attempts: 2, backoff: quick });

    await until(async () => (await dead.list({ name: 'spec.work' })).some((job) => job.id === id), 'the job is dead');
    expect(await dead.list()).toMatchObject([
      { id, queue: 'knowledge', name: 'spec.work', payload: '{"key":"dead","fail":3}', attemptsMade: 2, error: 'attempt 2 failed' },
    ]);
    await until(async () => (await queue.getJob(id)) === null, 'the job has left its queue');
    expect(record.of('dead')).toEqual([1, 2]);

    await dead.retry(id);
    await until(() => record.of('dead').length === 4, 'it was tried twice more');
    expect(record.attempts.map((attempt) => attempt.id)).toEqual([id, id, id, id]);
    await until(async () => (await dead.list()).length === 1, 'the job is dead again');

    await dead.drop(id);
    expect(await dead.list()).toEqual([]);
    await expect(dead.drop(id)).rejects.toMatchObject({ code: 'dead_job_not_found' });
    await expect(dead.retry(uuidv7())).rejects.toMatchObject({ code: 'dead_job_not_found' });
    await expect(dead.retry('no uuid')).rejects.toMatchObject({ code: 'dead_job_not_found' });
  });

  it('should not try again what was rejected or does not fit its contract', async () => {
    const dead = process.get(DeadJobs);
    const rejected = await queue.add('spec.work', { key: 'rejected', reject: true }, { attempts: 5, backoff: quick });
    const misfit = await queue.add('spec.work', { wrong: 1 }, { attempts: 5, backoff: quick });

    await until(async () => (await dead.list()).length === 2, 'both are dead');

    expect(record.of('rejected')).toEqual([1]);
    expect((await dead.list()).map((job) => [job.id, job.attemptsMade]).sort()).toEqual(
      [
        [rejected.id, 1],
        [misfit.id, 1],
      ].sort(),
    );
    for (const { id } of [rejected, misfit]) await dead.drop(id);
  });

  it('should end an attempt that takes too long, and tell the processor', async () => {
    const dead = process.get(DeadJobs);
    const { id } = await runs.add('spec.short', { key: 'long', hold: true });

    await until(async () => (await dead.list()).length === 1, 'the job is dead');

    expect(await dead.list()).toMatchObject([{ id, error: 'Job spec.short did not end within 80 ms.' }]);
    expect(record.signals.at(-1)?.aborted).toBe(true);
    record.held.get('long')?.();
    await dead.drop(id);
  });

  it('should wait before a delayed job, while others pass', async () => {
    const began = Date.now();
    const delayed = await queue.add('spec.work', { key: 'late' }, { delay: 300 });
    await queue.add('spec.work', { key: 'soon' });
    expect(await (await queue.getJob(delayed.id))?.getState()).toBe('delayed');

    await until(() => record.attempts.length === 2, 'both are done');

    expect(record.attempts.map(({ key }) => key)).toEqual(['soon', 'late']);
    expect(Date.now() - began).toBeGreaterThanOrEqual(300);
  });

  it('should ignore a second job of the same id, also when the first is done', async () => {
    const jobId = uuidv7();
    await queue.add('spec.work', { key: 'same' }, { jobId });
    await queue.add('spec.work', { key: 'same' }, { jobId });
    await until(async () => (await (await queue.getJob(jobId))?.getState()) === 'completed', 'the job is done');
    await queue.add('spec.work', { key: 'same' }, { jobId });
    await queue.add('spec.work', { key: 'after' });

    await until(() => record.of('after').length === 1, 'the next job is done');

    expect(record.of('same')).toEqual([1]);
  });

  it('should hold jobs while it is paused', async () => {
    await queue.pause();
    const { id } = await queue.add('spec.work', { key: 'paused' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await (await queue.getJob(id))?.getState()).toBe('waiting');
    expect(record.attempts).toEqual([]);

    await queue.resume();

    await until(() => record.attempts.length === 1, 'the job is done');
  });

  it('should tell of jobs that began, completed and failed', async () => {
    const told: unknown[][] = [];
    queue.on('active', (job) => told.push([job.id, 'active']));
    queue.on('completed', (job, result) => told.push([job.id, 'completed', result]));
    queue.on('failed', (job, error) => told.push([job.id, 'failed', error.message]));
    queue.on('completed', () => {
      throw new Error('listener');
    });
    const { id } = await queue.add('spec.work', { key: 'told', fail: 1 }, { attempts: 2, backoff: quick });
    const ofJob = (): unknown[][] => told.filter(([jobId]) => jobId === id).map(([, ...rest]) => rest);

    await until(() => ofJob().length === 4, 'four things were told');

    expect(ofJob()).toEqual([['active'], ['failed', 'attempt 1 failed'], ['active'], ['completed', 'done told']]);
  });

  it('should say why the last attempt of a waiting job failed', async () => {
    const { id } = await queue.add('spec.work', { key: 'why', fail: 1 }, { attempts: 2, backoff: { delayMs: 1500, maxMs: 1500 } });

    await until(async () => (await queue.getJob(id))?.failedReason !== undefined, 'the attempt failed');

    expect(await queue.getJob(id)).toMatchObject({ failedReason: 'attempt 1 failed', attemptsMade: 1 });
    expect(await (await queue.getJob(id))?.getState()).toBe('delayed');
    await until(() => record.of('why').length === 2, 'the job is done');
  });

  it('should answer null for an unknown job', async () => {
    expect(await queue.getJob(uuidv7())).toBeNull();
  });
});
