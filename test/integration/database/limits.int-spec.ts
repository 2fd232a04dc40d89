import { DatabaseUnavailableError } from '#platform/database';
import { describeEachDatabase } from '../../support/databases.js';

describeEachDatabase(
  'limits of the database',
  (ctx) => {
    it('should refuse with 503 when no connection comes free in time, and serve again afterwards', async () => {
      let release: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const max = ctx.database.dataSource.options.extra as { max: number };
      const holders = Array.from({ length: max.max }, () => ctx.database.dataSource.createQueryRunner());
      await Promise.all(holders.map((holder) => holder.connect()));
      void gate.then(() => Promise.all(holders.map((holder) => holder.release())));

      const error: unknown = await ctx.sql.row('select 1').catch((cause: unknown) => cause);
      release();

      expect(error).toBeInstanceOf(DatabaseUnavailableError);
      expect(error).toMatchObject({ code: 'database_unavailable', status: 503 });
      await expect(ctx.sql.row('select 1 as one')).resolves.toEqual({ one: 1 });
    });

    it('should refuse with 503 when an answer does not come in time, and not lend that connection again', async () => {
      if (ctx.kind === 'embedded') return; // pg_sleep would hold the only session

      await expect(ctx.sql.row('select pg_sleep(30)')).rejects.toBeInstanceOf(DatabaseUnavailableError);
      await expect(ctx.transactions.run((tx) => ctx.sql.row('select pg_sleep(30)', [], tx))).rejects.toBeInstanceOf(
        DatabaseUnavailableError,
      );

      await expect(ctx.sql.row('select 1 as one')).resolves.toEqual({ one: 1 });
    });
  },
  { config: { poolTimeoutMs: 1500, queryTimeoutMs: 2500 } },
);
