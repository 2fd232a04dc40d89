import { Processor } from '@nestjs/bull';
import type { INestApplicationContext } from '@nestjs/common';
import { z } from 'zod';
import { Transactions } from '#platform/database';
import { defineJob, type JobAttempt, JobEffects, Jobs, JobsModule, type PayloadOf, ProcessJob } from '#platform/jobs';
import { until } from '../../support/redis.js';
import { type OpenSystem, systems } from '../../support/systems.js';

const note = defineJob({
  name: 'spec.note',
  queue: 'maintenance',
  payload: z.object({ key: z.string(), fail: z.boolean().optional() }),
  attempts: 2,
  backoff: { delayMs: 20, maxMs: 20 },
});
const stranger = defineJob({ name: 'spec.stranger', queue: 'maintenance', payload: z.object({}) });
const tick = defineJob({ name: 'spec.tick', queue: 'maintenance', payload: z.object({ key: z.string() }) });

const done: { key: string; id: string; at: number }[] = [];
const of = (key: string): number => done.filter((item) => item.key === key).length;

@Processor('maintenance')
class MaintenanceProcessor {
  constructor(private readonly effects: JobEffects) {}

  @ProcessJob(note)
  async note(job: JobAttempt<PayloadOf<typeof note>>): Promise<void> {
    await this.effects.once(job.id, async () => void done.push({ key: `effect ${job.data.key}`, id: job.id, at: Date.now() }));
    done.push({ key: job.data.key, id: job.id, at: Date.now() });
    if (job.data.fail === true && job.attempt === 1) throw new Error('after the effect');
  }

  @ProcessJob(tick)
  async tick(job: JobAttempt<PayloadOf<typeof tick>>): Promise<void> {
    done.push({ key: job.data.key, id: job.id, at: Date.now() });
  }
}

describe.each(systems)('Jobs on $name', (system) => {
  let opened: OpenSystem;
  let process: INestApplicationContext;
  let jobs: Jobs;
  let transactions: Transactions;

  beforeAll(async () => {
    opened = await system.open();
    process = await opened.start({ imports: [JobsModule.forFeature({ jobs: [note, tick] })], providers: [MaintenanceProcessor] });
    jobs = process.get(Jobs);
    transactions = process.get(Transactions);
  });
  afterAll(() => opened.close());
  beforeEach(() => void done.splice(0));

  it('should do an enqueued job soon, without waiting for the poll', async () => {
    await jobs.enqueue(note, { key: 'soon' });

    await until(() => of('soon') === 1, 'it is done');
  });

  it('should enqueue with the transaction: nothing before its end, nothing after a rollback', async () => {
    const id = await transactions.run(async (tx) => {
      const enqueued = await jobs.enqueue(note, { key: 'committed' }, { tx });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(of('committed')).toBe(0);
      return enqueued;
    });
    await expect(
      transactions.run(async (tx) => {
        await jobs.enqueue(note, { key: 'rolled back' }, { tx });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await until(() => of('committed') === 1, 'the committed one is done');
    await jobs.enqueue(note, { key: 'last' });
    await until(() => of('last') === 1, 'the last one is done');

    expect(done.find(({ key }) => key === 'committed')?.id).toBe(id);
    expect(of('rolled back')).toBe(0);
  });

  it('should enqueue many at once, in order of their ids', async () => {
    const keys = Array.from({ length: 250 }, (_, i) => `bulk-${String(i)}`);
    const ids = await transactions.run((tx) =>
      jobs.enqueueMany(
        note,
        keys.map((key) => ({ key })),
        { tx },
      ),
    );

    await until(() => keys.every((key) => of(key) === 1), 'all are done', 20_000);

    expect(new Set(ids).size).toBe(250);
    expect(done.find(({ key }) => key === 'bulk-7')?.id).toBe(ids[7]);
    expect(await jobs.enqueueMany(note, [])).toEqual([]);
  });

  it('should delay a job', async () => {
    const began = Date.now();
    await jobs.enqueue(note, { key: 'delayed' }, { delayMs: 300 });

    await until(() => of('delayed') === 1, 'it is done');

    expect(Date.now() - began).toBeGreaterThanOrEqual(300);
  });

  it('should take one job for one key', async () => {
    const ids = [
      await jobs.enqueue(note, { key: 'keyed' }, { jobId: 'document 7' }),
      await jobs.enqueue(note, { key: 'keyed' }, { jobId: 'document 7' }),
    ];
    await jobs.enqueue(tick, { key: 'other job, same key' }, { jobId: 'document 7' });
    await until(() => of('other job, same key') === 1 && of('keyed') === 1, 'both are done');
    await jobs.enqueue(note, { key: 'then' });
    await until(() => of('then') === 1, 'the next is done');

    expect(ids[0]).toBe(ids[1]);
    expect(of('keyed')).toBe(1);
  });

  it('should refuse a payload that does not fit, one that is too large, and a job nobody registered', async () => {
    await expect(jobs.enqueue(note, { wrong: 1 } as unknown as { key: string })).rejects.toMatchObject({ code: 'job_payload_invalid' });
    await expect(jobs.enqueue(note, { key: 'x'.repeat(300_000) })).rejects.toMatchObject({ code: 'job_payload_invalid' });
    await expect(jobs.enqueue(stranger, {})).rejects.toThrow('not registered');
  });

  it('should let an effect happen once although the job runs twice', async () => {
    await jobs.enqueue(note, { key: 'twice', fail: true });

    await until(() => of('twice') === 2, 'it ran twice');

    expect(of('effect twice')).toBe(1);
  });
});
