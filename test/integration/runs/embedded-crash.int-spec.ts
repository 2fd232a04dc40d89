import { describeEachDatabase } from '../../support/databases.js';
import { ledgerOf, ME, Processes, until } from './run-fixture.js';

const processes = new Processes();
afterEach(() => processes.endAll());

/** One process, no Redis: the one after finds what the one before left. */
describeEachDatabase(
  'runs of a killed process',
  (ctx) => {
    it('should be ended as failed with a reason by the next process, and leave no process behind', async () => {
      const first = await processes.start(ctx.env);
      const ids = await first.call<string[]>('begin', 30, ME);
      const databasePid = await first.call<number | null>('databasePid');

      await first.end('SIGKILL');
      const second = await processes.start(ctx.env);
      const runs = await until(
        () => ledgerOf(second, ids),
        (rows) => rows.every((row) => row.state === 'finished'),
      );

      expect(runs).toHaveLength(30);
      for (const run of runs)
        expect(run).toMatchObject({ state: 'finished', outcome: 'failed', reason: 'The process that executed this run ended.', fence: 2 });
      if (databasePid !== null) expect(() => process.kill(databasePid, 0)).toThrow('ESRCH');
    });

    it('should end with the reason "shutdown" when the process is asked to end', async () => {
      const first = await processes.start(ctx.env);
      const ids = await first.call<string[]>('begin', 5, ME);
      const owner = (await ledgerOf(first, ids))[0]?.owner;

      await first.end('SIGTERM');
      const second = await processes.start(ctx.env);

      for (const run of await ledgerOf(second, ids))
        expect(run).toMatchObject({ state: 'finished', outcome: 'failed', reason: 'shutdown', fence: 1 });
      expect(await second.call('rows', 'select 1 from process_instances where id = $1', [owner])).toEqual([]);
    });

    it('should refuse a second process beside a living one', async () => {
      await processes.start(ctx.env);

      await expect(processes.start(ctx.env)).rejects.toThrow(
        ctx.kind === 'embedded' ? /The data directory .* is in use by process \d+/ : /uses this database already. Set REDIS_URL/,
      );
    });
  },
  { connect: false },
);
