import { Column, Entity, PrimaryColumn } from 'typeorm';
import { uuidv7 } from '#common';
import { isUniqueViolation, QueryOutsideTransactionError } from '#platform/database';
import { describeEachDatabase } from '../../support/databases.js';

@Entity('notes')
class Note {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') noteText!: string;
}

describeEachDatabase(
  'database access',
  (ctx) => {
    beforeAll(async () => {
      await ctx.sql.run('create table notes (id uuid primary key, note_text text not null unique)');
    });

    const insert = (text: string) => ctx.sql.run('insert into notes (id, note_text) values ($1, $2)', [uuidv7(), text]);
    const texts = async () =>
      (await ctx.sql.rows<{ note_text: string }>('select note_text from notes order by note_text')).map((row) => row.note_text);

    beforeEach(() => ctx.sql.run('delete from notes'));

    it('should read back what was written, and count changed rows', async () => {
      expect(await insert('a')).toBe(1);
      expect(await ctx.sql.row('select note_text from notes')).toEqual({ note_text: 'a' });
      expect(await ctx.sql.row('select note_text from notes where note_text = $1', ['b'])).toBeNull();
    });

    it('should map properties to snake_case columns in repositories', async () => {
      await ctx.entities.of(Note).insert({ id: uuidv7(), noteText: 'by entity' });

      expect(await texts()).toEqual(['by entity']);
      expect((await ctx.entities.of(Note).findOneByOrFail({ noteText: 'by entity' })).noteText).toBe('by entity');
    });

    it('should commit together what a transaction wrote, and run effects after it', async () => {
      const seen: string[][] = [];

      await ctx.transactions.run(async (tx) => {
        ctx.transactions.afterCommit(tx, async () => void seen.push(await texts()));
        await ctx.sql.run('insert into notes values ($1, $2)', [uuidv7(), 'one'], tx);
        await ctx.entities.of(Note, tx).insert({ id: uuidv7(), noteText: 'two' });
      });

      expect(seen).toEqual([['one', 'two']]);
    });

    it('should roll back everything, also what a nested call wrote, and drop the effects', async () => {
      let ran = false;

      const failing = ctx.transactions.run(async (tx) => {
        ctx.transactions.afterCommit(tx, () => void (ran = true));
        await ctx.transactions.run((inner) => ctx.sql.run('insert into notes values ($1, $2)', [uuidv7(), 'nested'], inner), tx);
        throw new Error('no');
      });

      await expect(failing).rejects.toThrow('no');
      expect(await texts()).toEqual([]);
      expect(ran).toBe(false);
    });

    it('should tell a unique violation by its constraint', async () => {
      await insert('same');

      const error: unknown = await insert('same').catch((cause: unknown) => cause);

      expect(isUniqueViolation(error)).toBe(true);
      expect(isUniqueViolation(error, 'notes_note_text')).toBe(true);
      expect(isUniqueViolation(error, 'other')).toBe(false);
    });

    it('should answer mixed statements and transactions of many callers right', async () => {
      await insert('0');
      const increment = () =>
        ctx.transactions.run(async (tx) => {
          const row = await ctx.sql.row<{ note_text: string }>('select note_text from notes for update', [], tx);
          await ctx.sql.run('update notes set note_text = $1', [String(Number(row?.note_text) + 1)], tx);
        });
      const ask = async (n: number) => (await ctx.sql.row<{ sum: number }>(`select $1::int + ${String(n % 7)} as sum`, [n]))?.sum;

      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, n) => (n % 4 === 0 ? increment().then(() => n + (n % 7)) : ask(n))),
      );

      expect(answers).toEqual(Array.from({ length: 200 }, (_, n) => n + (n % 7)));
      expect(await texts()).toEqual(['50']);
    });

    it('should count statements', async () => {
      const { statements } = await ctx.database.counter.during(() => ctx.transactions.run((tx) => ctx.sql.run('select 1', [], tx)));

      expect(statements).toBe(3);
    });

    it('should report health', async () => {
      expect(await ctx.database.health.check()).toMatchObject({ isUp: true });
    });

    it('should refuse a query beside an open transaction of the same call on the embedded database', async () => {
      const offending = ctx.transactions.run(() => ctx.sql.row('select 1 as one'));

      if (ctx.kind === 'embedded') await expect(offending).rejects.toBeInstanceOf(QueryOutsideTransactionError);
      else await expect(offending).resolves.toEqual({ one: 1 });
    });
  },
  { entities: [Note] },
);
