import pg from 'pg';
import { type DatabaseContext, describeEachDatabase } from '../../support/databases.js';

/** Statements of different texts, widths and parameters, so that steps of one that meet those of another can't pass unnoticed. */
const QUERIES: { text: string; values: (n: number) => unknown[]; answer: (n: number) => unknown }[] = [
  { text: 'select $1::int as a', values: (n) => [n], answer: (n) => ({ a: n }) },
  { text: 'select $1::int as a, $2::text as b', values: (n) => [n, `t${String(n)}`], answer: (n) => ({ a: n, b: `t${String(n)}` }) },
  {
    text: 'select $1::text || $2::text || $3::text as c',
    values: (n) => [n, n, n].map(String),
    answer: (n) => ({ c: String(n).repeat(3) }),
  },
  { text: 'select count(*)::int as d from generate_series(1, $1::int)', values: (n) => [n], answer: (n) => ({ d: n }) },
];

describeEachDatabase('queries at the same time', (ctx) => {
  const ask = async (n: number) => {
    const query = QUERIES[n % QUERIES.length]!;
    return { got: await ctx.sql.row(query.text, query.values(n)), wanted: query.answer(n) };
  };

  it('should give every caller the answer to its own question', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n)));

    expect(answers.map(({ got }) => got)).toEqual(answers.map(({ wanted }) => wanted));
  });

  it('should do so beside transactions, some of which fail', async () => {
    const transaction = (n: number) =>
      ctx.transactions
        .run(async (tx) => {
          const row = await ctx.sql.row<{ a: number }>('select $1::int as a', [n], tx);
          await ctx.sql.row('select 1 / ($1::int % 3) as b', [n], tx);
          return row?.a;
        })
        .catch(() => 'failed' as const);

    const results = await Promise.all(
      Array.from({ length: 180 }, async (_, n) =>
        n % 4 === 0 ? { got: await transaction(n), wanted: n % 3 === 0 ? 'failed' : n } : ask(n),
      ),
    );

    expect(results.map(({ got }) => got)).toEqual(results.map(({ wanted }) => wanted));
  });

  it('should not mix up the queries that waited for the end of a transaction', async () => {
    const clients = Array.from({ length: 4 }, () => new pg.Client(connectionOf(ctx)));
    for (const client of clients) await client.connect();
    const [holder, ...waiting] = clients as [pg.Client, ...pg.Client[]];
    try {
      for (let round = 0; round < 10; round += 1) {
        await holder.query('begin');
        const answers = waiting.map((client, n) => client.query(QUERIES[n]!.text, QUERIES[n]!.values(n + round)));
        await holder.query('select $1::int', [round]);
        await holder.query('commit');

        expect((await Promise.all(answers)).map((answer) => answer.rows[0])).toEqual(waiting.map((_, n) => QUERIES[n]!.answer(n + round)));
      }
    } finally {
      for (const client of clients) await client.end();
    }
  });
});

/** How clients of their own reach the database of a suite. */
function connectionOf(ctx: DatabaseContext): pg.ClientConfig {
  return ctx.env.DATABASE_URL === undefined ? ctx.database.connection : { connectionString: ctx.env.DATABASE_URL };
}
