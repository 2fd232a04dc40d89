import type pg from 'pg';
import { DatabaseUnavailableError, RunFencedError, RunWriter } from '#platform/database';
import { describeEachDatabase, describeOnPostgres } from '../../support/databases.js';
import { prepareTables, stored, testRun } from './writer-fixture.js';

const options = { startsApart: true, gatherMs: 0, maxQueuedRows: 1000, flushTimeoutMs: 5000, startPatienceMs: 200, patienceMs: 30_000 };
const reset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });

describeEachDatabase('run writer when answers are lost', (ctx) => {
  beforeAll(() => prepareTables(ctx.database));

  /** A writer whose first `times` statements reach the database, or not, and whose answers are lost. */
  const losing = (times: number, reaches: boolean) => {
    let left = times;
    const query = async (...args: unknown[]) => {
      if (left <= 0) return (ctx.database.reservedPool.query as (...all: unknown[]) => unknown)(...args);
      left -= 1;
      if (reaches) await (ctx.database.reservedPool.query as (...all: unknown[]) => unknown)(...args);
      throw reset();
    };
    return new RunWriter({ query } as unknown as pg.Pool, ctx.database.writerTables, options);
  };

  it('should send a batch again that did not arrive', async () => {
    const run = testRun();
    await ctx.database.writer.write(run.start());

    await losing(3, false).write(run.end());

    expect(await stored(ctx.sql, run)).toEqual({ state: 'finished', answer: 'done' });
  });

  it('should know its own start again that was committed without an answer', async () => {
    const run = testRun();

    await losing(1, true).write(run.start());

    expect(await stored(ctx.sql, run)).toEqual({ state: 'running', answer: 'none yet' });
  });

  it('should know its own end again that was committed without an answer', async () => {
    const run = testRun();
    await ctx.database.writer.write(run.start());

    await losing(1, true).write(run.end());

    expect(await stored(ctx.sql, run)).toEqual({ state: 'finished', answer: 'done' });
  });

  it('should still refuse the end of a run that another process took over meanwhile', async () => {
    const run = testRun();
    await ctx.database.writer.write(run.start());
    await ctx.sql.run('update app_runs set fence = 2 where id = $1', [run.id]);

    await expect(losing(2, false).write(run.end())).rejects.toBeInstanceOf(RunFencedError);
  });

  it('should refuse a start with 503 when the database stays away, and take the next one when it is back', async () => {
    const [run, next] = [testRun(), testRun()];
    const writer = losing(5, false);

    await expect(writer.write(run.start())).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(await stored(ctx.sql, run)).toEqual({ state: null, answer: null });
    let written = false;
    for (let i = 0; i < 5 && !written; i += 1)
      written = await writer.write(next.start()).then(
        () => true,
        () => false,
      );

    expect(await stored(ctx.sql, next)).toEqual({ state: 'running', answer: 'none yet' });
  });
});

describeOnPostgres('run writer when connections are cut', (ctx) => {
  beforeAll(() => prepareTables(ctx.database));

  it('should finish every run that was accepted', async () => {
    const runs = Array.from({ length: 300 }, testRun);
    let cuts = 0;
    const cut = setInterval(
      () =>
        (cuts += 1) <= 10 &&
        void ctx.sql
          .run("select pg_terminate_backend(pid) from pg_stat_activity where query like 'with%app_runs%' and pid <> pg_backend_pid()")
          .catch(() => 0),
      40,
    );

    const outcomes = await Promise.allSettled(
      runs.map(async (run, n) => {
        await new Promise((resolve) => setTimeout(resolve, n));
        await ctx.database.writer.write(run.start());
        await ctx.database.writer.write(run.end());
      }),
    );
    clearInterval(cut);

    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(
      await ctx.sql.row(
        "select count(*)::int as count from app_runs r join answers a on a.run_id = r.id where r.state = 'finished' and a.answer = 'done'",
      ),
    ).toEqual({ count: 300 });
  });
});
