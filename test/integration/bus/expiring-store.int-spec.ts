import type { INestApplicationContext } from '@nestjs/common';
import { DatabaseExpiringStore, ExpiringStore } from '#platform/bus';
import { Sql, Transactions } from '#platform/database';
import { until } from '../../support/redis.js';
import { type OpenSystem, systems } from '../../support/systems.js';

describe.each(systems)('ExpiringStore on $name', (system) => {
  let opened: OpenSystem;
  let process: INestApplicationContext;
  let store: ExpiringStore;

  beforeAll(async () => {
    opened = await system.open();
    process = await opened.start({});
    store = process.get(ExpiringStore);
  });
  afterAll(() => opened.close());

  it('should keep a value until it is replaced or deleted', async () => {
    expect(await store.get('a')).toBeNull();
    await store.set('a', 'one', 60);
    await store.set('a', 'two, 漢字', 60);
    expect(await store.get('a')).toBe('two, 漢字');

    await store.delete('a');

    expect(await store.get('a')).toBeNull();
    await expect(store.delete('a')).resolves.toBeUndefined();
  });

  it('should give a value to one of many takers', async () => {
    await store.set('token', 'secret', 60);

    const taken = await Promise.all(Array.from({ length: 10 }, () => store.take('token')));

    expect(taken.filter((value) => value !== null)).toEqual(['secret']);
    expect(await store.get('token')).toBeNull();
  });

  it('should forget a value when its time is over, for get and for take', async () => {
    await store.set('taken late', 'x', 0.05);
    await store.set('short', 'x', 0.1);

    await until(async () => (await store.get('short')) === null, 'it is over');

    expect(await store.take('taken late')).toBeNull();
  });

  it.runIf(!system.hasRedis)('should follow the transaction it is given', async () => {
    const transactions = process.get(Transactions);
    await expect(
      transactions.run(async (tx) => {
        await store.set('rolled back', 'x', 60, tx);
        expect(await store.get('rolled back', tx)).toBe('x');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');

    expect(await store.get('rolled back')).toBeNull();
  });

  it.runIf(!system.hasRedis)('should delete rows whose time is over once in a while', async () => {
    const sql = process.get(Sql);
    await sql.run(`insert into expiring_values (key, value, expires_at) values ('old', 'x', now() - interval '1 minute')`);
    const fresh = new DatabaseExpiringStore(sql);

    await fresh.set('new', 'x', 60);

    expect(await sql.rows(`select key from expiring_values where key in ('old', 'new')`)).toEqual([{ key: 'new' }]);
  });
});
