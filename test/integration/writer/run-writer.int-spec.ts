import { RowRejectedError, RunFencedError, WriterOverloadedError } from '#platform/database';
import { describeEachDatabase } from '../../support/databases.js';
import { prepareTables, stored, testRun } from './writer-fixture.js';

describeEachDatabase(
  'run writer',
  (ctx) => {
    const write = (...args: Parameters<typeof ctx.database.writer.write>) => ctx.database.writer.write(...args);
    const outcomeOf = (promise: Promise<void>) =>
      promise.then(
        () => 'ok',
        (error: unknown) => error,
      );

    beforeAll(() => prepareTables(ctx.database));

    it('should insert a start with the defaults of columns that were left out, and patch the end', async () => {
      const run = testRun();

      await write(run.start());
      expect(await stored(ctx.sql, run)).toEqual({ state: 'running', answer: 'none yet' });
      await write(run.end());

      expect(await stored(ctx.sql, run)).toEqual({ state: 'finished', answer: 'done' });
    });

    it('should keep every kind of value', async () => {
      const run = testRun();

      await write(run.start({ details: { deep: [1, { a: "quote ' and \\ and 😀" }] }, tokens: 7, price: '0.0000123', at: new Date(0) }));

      expect(await ctx.sql.row('select details, tokens, price, at from answers where id = $1', [run.messageId])).toEqual({
        details: { deep: [1, { a: "quote ' and \\ and 😀" }] },
        tokens: 7,
        price: '0.0000123',
        at: new Date(0),
      });
    });

    it('should strip what PostgreSQL can not store from texts and JSON', async () => {
      const run = testRun();

      await write(run.start({ answer: 'a\u0000b\ud800c', details: { 'k\u0000': ['\u0000', '\udc00', '\\u0000'] } }));

      expect(await ctx.sql.row('select answer, details from answers where id = $1', [run.messageId])).toEqual({
        answer: 'ab\ufffdc',
        details: { k: ['', '\ufffd', '\\u0000'] },
      });
    });

    it('should write a start and an end that meet in one flush', async () => {
      const run = testRun();

      await Promise.all([write(run.start()), write(run.end())]);

      expect(await stored(ctx.sql, run)).toEqual({ state: 'finished', answer: 'done' });
    });

    it('should put later patches of a row above earlier ones while a flush is under way', async () => {
      const run = testRun();
      const answer = (text: string) => ({
        runId: run.id,
        fence: 1,
        rows: [{ table: 'answers', op: 'patch' as const, row: { id: run.messageId, answer: text } }],
      });

      await Promise.all([
        write(run.start()),
        ...Array.from({ length: 50 }, (_, n) => new Promise((resolve) => setTimeout(resolve, n)).then(() => write(answer(String(n))))),
      ]);

      expect(await stored(ctx.sql, run)).toEqual({ state: 'running', answer: '49' });
    });

    it('should send the rows of many runs in few statements', async () => {
      const runs = Array.from({ length: 100 }, testRun);

      const { statements } = await ctx.database.counter.during(async () => {
        await Promise.all(runs.map((run) => write(run.start())));
        await Promise.all(runs.map((run) => write(run.end())));
      });

      expect(statements).toBeLessThan(20);
      for (const run of runs) expect(await stored(ctx.sql, run)).toEqual({ state: 'finished', answer: 'done' });
    });

    it('should refuse a poisoned row alone, with its SQLSTATE, and write the runs around it', async () => {
      const runs = Array.from({ length: 40 }, testRun);

      const outcomes = await Promise.all(
        runs.map((run, n) => outcomeOf(write(run.start(n === 17 ? { tokens: -1 } : n === 23 ? { tokens: 'many' } : { tokens: n })))),
      );

      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(38);
      expect(outcomes[17]).toBeInstanceOf(RowRejectedError);
      expect(outcomes[17]).toMatchObject({ runId: runs[17]?.id, sqlState: '23514', constraint: 'answers_tokens_check' });
      expect(outcomes[23]).toMatchObject({ code: 'row_rejected', sqlState: '22P02' });
      expect(await stored(ctx.sql, runs[17]!)).toEqual({ state: null, answer: null });
      expect(await stored(ctx.sql, runs[18]!)).toEqual({ state: 'running', answer: 'none yet' });
    });

    it('should refuse a column nobody registered for its run alone', async () => {
      const [good, bad] = [testRun(), testRun()];

      const outcomes = await Promise.all([outcomeOf(write(good.start())), outcomeOf(write(bad.start({ surprise: 1 })))]);

      expect(outcomes[0]).toBe('ok');
      expect(outcomes[1]).toBeInstanceOf(RowRejectedError);
    });

    it('should refuse exactly the runs whose fence was raised, and write the others of the same flush', async () => {
      const runs = Array.from({ length: 10 }, testRun);
      await Promise.all(runs.map((run) => write(run.start())));
      await ctx.sql.run('update app_runs set fence = 2 where id = any($1)', [[runs[3]?.id, runs[7]?.id]]);

      const outcomes = await Promise.all(runs.map((run) => outcomeOf(write(run.end()))));

      expect(outcomes.map((outcome) => outcome === 'ok')).toEqual(runs.map((_, n) => n !== 3 && n !== 7));
      expect(outcomes[3]).toBeInstanceOf(RunFencedError);
      expect(outcomes[3]).toMatchObject({ runId: runs[3]?.id });
      expect(await stored(ctx.sql, runs[3]!)).toEqual({ state: 'running', answer: 'none yet' });
      await write(runs[3]!.end({ answer: 'by the new owner' }, 2));
      expect(await stored(ctx.sql, runs[3]!)).toEqual({ state: 'finished', answer: 'by the new owner' });
    });

    it('should check the fence also for batches that leave the ledger row alone', async () => {
      const run = testRun();
      await write(run.start());
      const patch = (fence: number) => ({
        runId: run.id,
        fence,
        rows: [{ table: 'answers', op: 'patch' as const, row: { id: run.messageId, answer: `under ${String(fence)}` } }],
      });
      await ctx.sql.run('update app_runs set fence = 2 where id = $1', [run.id]);

      expect(await outcomeOf(write(patch(1)))).toBeInstanceOf(RunFencedError);
      expect(await outcomeOf(write(patch(2)))).toBe('ok');

      expect(await stored(ctx.sql, run)).toEqual({ state: 'running', answer: 'under 2' });
    });

    it('should write nothing of a run that is finished or unknown', async () => {
      const run = testRun();
      await write(run.start());
      await write(run.end());

      expect(await outcomeOf(write(run.end({ answer: 'again' })))).toBeInstanceOf(RunFencedError);
      expect(await outcomeOf(write(testRun().end()))).toBeInstanceOf(RunFencedError);
      expect(await stored(ctx.sql, run)).toEqual({ state: 'finished', answer: 'done' });
    });

    it('should leave a row as it is when its insert comes twice', async () => {
      const run = testRun();
      await write(run.start());
      await write(run.end());

      await write(run.start());

      expect(await stored(ctx.sql, run)).toEqual({ state: 'finished', answer: 'done' });
    });

    it('should refuse starts with 503 when too much waits, and still take the ends', async () => {
      const early = testRun();
      await write(early.start());
      const many = Array.from({ length: 150 }, testRun);

      const outcomes = await Promise.all([...many.map((run) => outcomeOf(write(run.start()))), outcomeOf(write(early.end()))]);

      const refused = outcomes.filter((outcome) => outcome !== 'ok');
      expect(refused).toHaveLength(50);
      expect(refused[0]).toBeInstanceOf(WriterOverloadedError);
      expect(refused[0]).toMatchObject({ code: 'writer_overloaded', status: 503, headers: { 'retry-after': '2' } });
      expect(outcomes.at(-1)).toBe('ok');
      expect(await stored(ctx.sql, early)).toEqual({ state: 'finished', answer: 'done' });
    });
  },
  { config: { writerQueueRows: 200 } },
);
