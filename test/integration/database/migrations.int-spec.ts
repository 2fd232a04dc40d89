import type { MigrationInterface, QueryRunner } from 'typeorm';
import { uuidv7, uuidv7Floor } from '#common';
import { migrations } from '#migrations';
import { createPartitionedTable, ensurePartitions, Migrator } from '#platform/database';
import { describeEachDatabase, describeOnPostgres } from '../../support/databases.js';

class AddThings20991231235959 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table things (id uuid primary key)');
    await runner.query('insert into things select gen_random_uuid()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table things');
  }
}

class Fails20991231235960 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table half_done (id uuid)');
    await runner.query('select nothing from nowhere');
  }

  async down(): Promise<void> {
    // Never applied.
  }
}

describeEachDatabase('migrations', (ctx) => {
  const migrator = (...more: (new () => MigrationInterface)[]) =>
    new Migrator(ctx.database.connection, { ...migrations, classes: [...migrations.classes, ...more] });

  it('should be at the head after the start', async () => {
    expect(await migrator().state()).toEqual({ isEmpty: false, pending: [] });
  });

  it('should leave nothing behind when one of several fails', async () => {
    await expect(migrator(AddThings20991231235959, Fails20991231235960).migrate()).rejects.toThrow('nowhere');

    expect(await ctx.sql.row("select to_regclass('things') as things, to_regclass('half_done') as half")).toEqual({
      things: null,
      half: null,
    });
  });

  it('should revert and apply the last ones again', async () => {
    expect(await migrator(AddThings20991231235959).migrate()).toEqual(['AddThings20991231235959']);
    await migrator(AddThings20991231235959).revert(1);

    expect(await ctx.sql.row("select to_regclass('things') as things")).toEqual({ things: null });
    expect(await migrator(AddThings20991231235959).migrate()).toEqual(['AddThings20991231235959']);
    await migrator(AddThings20991231235959).revert(1);
  });

  it('should put rows into the partition of their month, and of no month into the default one', async () => {
    await ctx.transactions.run((tx) => createPartitionedTable(tx.manager.queryRunner!, 'leaves', 'text text'));
    const now = new Date();
    const month = `${String(now.getUTCFullYear())}_${String(now.getUTCMonth() + 1).padStart(2, '0')}`;

    await ctx.sql.run("insert into leaves (id, text) values ($1, 'now'), ($2, 'long ago'), ($3, 'first of the month')", [
      uuidv7(),
      uuidv7Floor(Date.UTC(2020, 1, 1)),
      uuidv7Floor(Date.UTC(now.getUTCFullYear(), now.getUTCMonth())),
    ]);

    const rows = await ctx.sql.rows<{ part: string }>('select tableoid::regclass::text as part from leaves order by id');
    expect(rows.map((row) => row.part)).toEqual(['leaves_default', `leaves_${month}`, `leaves_${month}`]);
  });

  it('should make missing partitions ahead, and leave a month alone whose rows are in the default one', async () => {
    await ctx.transactions.run((tx) => createPartitionedTable(tx.manager.queryRunner!, 'twigs', 'text text'));
    const parts = await ctx.sql.rows<{ name: string; start: string }>(
      "select inhrelid::regclass::text as name, pg_get_expr(c.relpartbound, c.oid) as start from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'twigs'::regclass and inhrelid::regclass::text !~ 'default' order by 1",
    );
    const [last, beforeLast] = [parts.at(-1)!, parts.at(-2)!];
    await ctx.sql.run(`drop table ${last.name}`);
    await ctx.sql.run(`drop table ${beforeLast.name}`);
    await ctx.sql.run('insert into twigs (id, text) values ($1, $2)', [/'([0-9a-f-]{36})'/.exec(last.start)?.[1], 'too early']);

    const made = await ensurePartitions(ctx.database.dataSource);

    expect(parts).toHaveLength(4);
    expect(made).toEqual([beforeLast.name]);
    expect(await ensurePartitions(ctx.database.dataSource)).toEqual([]);
  });
});

describeOnPostgres('migrations of several processes', (ctx) => {
  it('should be done by one of them while the others wait', async () => {
    const all = Array.from(
      { length: 5 },
      () => new Migrator(ctx.database.connection, { ...migrations, classes: [...migrations.classes, AddThings20991231235959] }),
    );

    const done = await Promise.all(all.map((migrator) => migrator.migrate()));

    expect(done.flat()).toEqual(['AddThings20991231235959']);
    expect(await ctx.sql.row('select count(*)::int as count from things')).toEqual({ count: 1 });
  });
});
