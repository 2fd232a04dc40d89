import { Sql } from '#platform/database';
import { Jobs, JobsRegistry } from '#platform/jobs';
import { until } from '../../support/redis.js';
import { type OpenSystem, systems } from '../../support/systems.js';

describe.each(systems)('the partitions of tables on $name', (system) => {
  let opened: OpenSystem;

  beforeAll(async () => {
    opened = await system.open();
  });
  afterAll(() => opened.close());

  it('should be made again by the daily job when one is missing', async () => {
    const process = await opened.start({});
    const sql = process.get(Sql);
    const partitions = async (): Promise<string[]> =>
      (
        await sql.rows<{ name: string }>(
          `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relname = 'app_runs' and c.relname not like '%default'`,
        )
      )
        .map(({ name }) => name)
        .sort();
    const before = await partitions();
    await sql.run(`drop table ${before.at(-1) ?? ''}`);

    await process.get(Jobs).enqueue(process.get(JobsRegistry).find('database.make-partitions')!, {});

    await until(async () => (await partitions()).join() === before.join(), 'the partition is back');
  });
});
