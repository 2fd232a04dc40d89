import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrations } from '#migrations';
import { DatabaseConfig } from '#platform/config';
import {
  DatabaseUnavailableError,
  fingerprintOf,
  type MigrationClass,
  openDatabase,
  prepareEmbeddedDatabase,
  type OpenedDatabase,
  SchemaTooNewError,
} from '#platform/database';
import { DirectoryInUseError, EmbeddedDatabase, findPrepared } from '#platform/embedded-database';

class AddThings20991231235959 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table things (id uuid primary key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table things');
  }
}

describe('embedded database', () => {
  let dataDir: string;
  let opened: OpenedDatabase | undefined;
  const open = async (classes: readonly MigrationClass[] = migrations.classes) => {
    opened = await openDatabase({ config: new DatabaseConfig(), dataDir, entities: [], migrations: { ...migrations, classes } });
    return opened;
  };
  const close = async () => {
    await opened?.close();
    opened = undefined;
  };

  beforeAll(() => prepareEmbeddedDatabase({ migrations }));
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'baya-embedded-'));
  });
  afterEach(async () => {
    await close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('should bring vectors, trigrams and UUID functions', async () => {
    const { sql } = await open();

    expect(
      await sql.row(
        "select '[1,2]'::vector <-> '[1,4]'::vector as distance, similarity('baya', 'baya') as same, uuid_generate_v4() is not null as made",
      ),
    ).toEqual({
      distance: 2,
      same: 1,
      made: true,
    });
  });

  it('should keep what was written, over a restart', async () => {
    await (await open()).sql.run('create table kept as select 1 as one');
    await close();

    expect(await (await open()).sql.row('select one from kept')).toEqual({ one: 1 });
  });

  it('should serve a socket that only its user can reach, and remove it in the end', async () => {
    if (process.platform === 'win32') return;
    await open();

    expect(statSync(join(dataDir, 'socket')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'database')).mode & 0o777).toBe(0o700);
    await close();
    expect(existsSync(join(dataDir, 'socket'))).toBe(false);
    expect(existsSync(join(dataDir, 'database.lock'))).toBe(false);
  });

  it('should work in a directory whose path is too long for a socket', async () => {
    const base = dataDir;
    dataDir = join(dataDir, 'a'.repeat(100));

    expect(await (await open()).sql.row('select 1 as one')).toEqual({ one: 1 });
    await close();
    dataDir = base;
  });

  it('should refuse a directory that a living process uses, and leave that one at work', async () => {
    const first = await open();

    await expect(openDatabase({ config: new DatabaseConfig(), dataDir, entities: [], migrations })).rejects.toBeInstanceOf(
      DirectoryInUseError,
    );
    expect(await first.sql.row('select 1 as one')).toEqual({ one: 1 });
  });

  it('should tell of the child from its first moment on, so that a start after a kill waits for it', async () => {
    const begun = EmbeddedDatabase.open({ dataDir, prepared: findPrepared(fingerprintOf(migrations, [])) });
    const path = join(dataDir, 'database.child');
    while (!existsSync(path)) await sleep(5);
    const { pid } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number };
    const isServed = existsSync(join(dataDir, 'socket', '.s.PGSQL.5432'));
    const database = await begun;
    const { childPid } = database;
    await database.close();

    expect({ pid, isServed }).toEqual({ pid: childPid, isServed: false });
    expect(existsSync(path)).toBe(false);
  });

  describe('a start that began before the program was loaded', () => {
    const other = (): string => {
      const cluster = join(dataDir, 'other-build');
      cpSync(findPrepared(fingerprintOf(migrations, []))!, cluster, { recursive: true });
      return cluster;
    };
    const begin = (prepared: string | null) => EmbeddedDatabase.open({ dataDir, prepared });
    const openBegun = async (embedded: Promise<EmbeddedDatabase>) => {
      opened = await openDatabase({ config: new DatabaseConfig(), dataDir, entities: [], migrations, embedded });
      return opened;
    };

    it('should be gone on with', async () => {
      const begun = await begin(findPrepared(fingerprintOf(migrations, [])));

      expect((await openBegun(Promise.resolve(begun))).embedded).toBe(begun);
      expect(await opened!.sql.row('select count(*)::int as count from accounts')).toEqual({ count: 0 });
    });

    it('should be given up when it made the cluster of what another build had prepared', async () => {
      const begun = await begin(other());

      expect((await openBegun(Promise.resolve(begun))).embedded).not.toBe(begun);
      expect(await opened!.sql.row('select count(*)::int as count from accounts')).toEqual({ count: 0 });
    });

    it('should keep a cluster that was there, whatever build made it', async () => {
      await (await open()).sql.run('create table kept as select 1 as one');
      await close();

      await openBegun(begin(other()));

      expect(await opened!.sql.row('select one from kept')).toEqual({ one: 1 });
    });

    it('should tell whoever opens the database why it failed', async () => {
      await open();

      await expect(openBegun(begin(null))).rejects.toBeInstanceOf(DirectoryInUseError);
    });
  });

  it.each([
    ['of a process that has ended', JSON.stringify({ pid: 999_999_999, startedAt: 'then' })],
    ['of an earlier process with a number that is in use again', JSON.stringify({ pid: process.ppid, startedAt: 'another start' })],
    ['that was torn when its writer died', '{"pi'],
  ])('should take over the lock %s', async (_what, lock) => {
    writeFileSync(join(dataDir, 'database.lock'), lock);

    expect(await (await open()).sql.row('select 1 as one')).toEqual({ one: 1 });
  });

  it('should answer 503 when the child dies, and serve again by itself with everything that was committed', async () => {
    const { sql, embedded, health } = await open();
    await sql.run('create table kept as select 1 as one');

    process.kill(embedded?.childPid ?? 0, 'SIGKILL');
    const error: unknown = await sql.row('select one from kept').catch((cause: unknown) => cause);
    let row: unknown = null;
    for (let i = 0; i < 200 && row === null; i += 1) row = await sql.row('select one from kept').catch(() => sleep(50).then(() => null));

    expect(error).toBeInstanceOf(DatabaseUnavailableError);
    expect(row).toEqual({ one: 1 });
    expect(await health.check()).toMatchObject({ isUp: true });
  });

  it('should roll back the transaction of a child that died', async () => {
    const { sql, transactions, embedded } = await open();
    await sql.run('create table numbers (n int)');

    const failing = transactions.run(async (tx) => {
      await sql.run('insert into numbers values (1)', [], tx);
      process.kill(embedded?.childPid ?? 0, 'SIGKILL');
      await sleep(50);
      await sql.run('insert into numbers values (2)', [], tx);
    });

    await expect(failing).rejects.toBeInstanceOf(DatabaseUnavailableError);
    let count: unknown = null;
    for (let i = 0; i < 200 && count === null; i += 1)
      count = await sql.row('select count(*)::int as count from numbers').catch(() => sleep(50).then(() => null));
    expect(count).toEqual({ count: 0 });
  });

  it('should keep a copy from before a migration, three at most', async () => {
    for (let i = 0; i < 4; i += 1) {
      await open([...migrations.classes, ...Array.from({ length: i }, (_, n) => numbered(n))]);
      await close();
    }
    await open([...migrations.classes, ...Array.from({ length: 5 }, (_, n) => numbered(n))]);

    const copies = readdirSync(join(dataDir, 'backups'));
    expect(copies).toHaveLength(3);
    expect(copies.at(-1)).toMatch(/^database-.*-Step209912312300\d\d$/);
    expect(existsSync(join(dataDir, 'backups', copies[0]!, 'PG_VERSION'))).toBe(true);
  });

  it('should refuse a schema that a newer version made, and say so', async () => {
    await open([...migrations.classes, AddThings20991231235959]);
    await close();

    const error: unknown = await open().catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(SchemaTooNewError);
    expect((error as Error).message).toContain('AddThings20991231235959');
  });
});

/** A migration that only has a name. */
function numbered(n: number): MigrationClass {
  const name = `Step209912312300${String(n).padStart(2, '0')}`;
  return {
    [name]: class implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        await runner.query(`create table step_${String(n)} (id uuid primary key)`);
      }

      async down(runner: QueryRunner): Promise<void> {
        await runner.query(`drop table step_${String(n)}`);
      }
    },
  }[name]!;
}
