import { Column, Entity, PrimaryColumn } from 'typeorm';
import { DatabaseConfig } from '#platform/config';
import {
  DatabaseUnavailableError,
  DatabaseUnreachableError,
  mapDatabaseError,
  type OpenedDatabase,
  openDatabase,
} from '#platform/database';
import { migrations } from '#migrations';
import { canStartPostgres, type PrivateServices, startPrivateServices } from '../../support/private-postgres.js';

@Entity('process_instances')
class Instance {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') pid!: number;
}

describe.skipIf(!canStartPostgres || process.platform !== 'linux')('a PostgreSQL that stops answering', () => {
  let services: PrivateServices;
  let database: OpenedDatabase;

  beforeAll(async () => {
    services = startPrivateServices();
    const config = Object.assign(new DatabaseConfig(), { url: services.databaseUrl, poolTimeoutMs: 1000, queryTimeoutMs: 2000 });
    database = await openDatabase({ config, dataDir: '', entities: [Instance], migrations });
  });
  afterAll(async () => {
    await database.close();
    services.stop();
  });

  it('should answer every way of asking with 503 while it is frozen, and right afterwards', async () => {
    const ask = [
      () => database.sql.row('select 1 as one'),
      () => database.transactions.run((tx) => database.sql.row('select 1 as one', [], tx)),
      () => database.entities.of(Instance).findBy({ pid: 1 }),
    ];
    await Promise.all(ask.map((one) => one()));

    services.freeze();
    const errors = await Promise.all(
      Array.from({ length: 30 }, (_, n) => ask[n % 3]!().catch((error: unknown) => mapDatabaseError(error))),
    );
    const health = await database.health.check();
    services.thaw();

    for (const error of errors) expect(error).toBeInstanceOf(DatabaseUnavailableError);
    expect(health.isUp).toBe(false);
    expect(health.problem).toBeTruthy();
    let answers: unknown[] = [];
    for (let i = 0; i < 20 && answers.length === 0; i += 1) answers = await Promise.all(ask.map((one) => one())).catch(() => []);
    expect(answers).toEqual([{ one: 1 }, { one: 1 }, []]);
    expect(await database.health.check()).toMatchObject({ isUp: true });
  });

  it('should say at the start why there is no database', async () => {
    const config = Object.assign(new DatabaseConfig(), { url: 'postgres://nobody@127.0.0.1:1/none' });

    const error: unknown = await openDatabase({ config, dataDir: '', entities: [], migrations }).catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(DatabaseUnreachableError);
    expect((error as Error).message).toMatch(/ECONNREFUSED.*Check DATABASE_URL/);
  });
});
