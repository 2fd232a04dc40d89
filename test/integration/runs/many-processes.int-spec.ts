import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from '#common';
import { createTestDatabase } from '../../support/databases.js';
import { canStartPostgres, type PrivateServices, startPrivateServices } from '../../support/private-postgres.js';
import type { TestProcess } from '../../support/processes.js';
import { ledgerOf, ME, Processes, until } from './run-fixture.js';

const canRun = canStartPostgres && process.platform === 'linux';

describe.skipIf(!canRun)(`runs of several processes on PostgreSQL and Redis${canRun ? '' : ' (not installed)'}`, () => {
  const processes = new Processes();
  let services: PrivateServices;
  let env: Record<string, string>;
  let a: TestProcess;
  let b: TestProcess;

  beforeAll(() => {
    services = startPrivateServices();
  });
  afterAll(() => services.stop());

  beforeEach(async () => {
    const { url } = await createTestDatabase(services.databaseUrl);
    env = { DATABASE_URL: url, REDIS_URL: services.redisUrl ?? '', SECRET_KEY: 'a secret of these tests' };
    [a, b] = await Promise.all([processes.start(env), processes.start(env)]);
  });
  afterEach(() => processes.endAll());

  it('should take over the runs of a killed process and touch no others', async () => {
    const [ofA, ofB] = await Promise.all([a.call<string[]>('begin', 20, ME), b.call<string[]>('begin', 10, ME)]);

    await a.end('SIGKILL');
    const lost = await until(
      () => ledgerOf(b, ofA),
      (rows) => rows.every((row) => row.state === 'finished'),
    );
    const kept = await ledgerOf(b, ofB);
    await b.call('finishAll');
    const ended = await until(
      () => ledgerOf(b, ofB),
      (rows) => rows.every((row) => row.state === 'finished'),
    );

    for (const run of lost)
      expect(run).toMatchObject({
        state: 'finished',
        outcome: 'failed',
        reason: 'The process that executed this run ended.',
        fence: 2,
        owner: kept[0]?.owner,
      });
    for (const run of kept) expect(run).toMatchObject({ state: 'running', fence: 1 });
    for (const run of ended) expect(run).toMatchObject({ state: 'finished', outcome: 'succeeded', fence: 1 });
  }, 60_000);

  it('should fence a process that was frozen for longer than the lease: its runs are ended elsewhere, its writes refused', async () => {
    const ids = await a.call<string[]>('begin', 5, ME);

    a.child.kill('SIGSTOP');
    const taken = await until(
      () => ledgerOf(b, ids),
      (rows) => rows.every((row) => row.state === 'finished'),
    );
    a.child.kill('SIGCONT');
    await a.call('finishAll');
    const ends = await until(
      () => a.call<Record<string, string>>('ends'),
      (all) => Object.keys(all).length === 5,
    );

    for (const run of taken) expect(run).toMatchObject({ outcome: 'failed', fence: 2 });
    for (const id of ids) expect(ends[id]).toMatch(/, run_fenced$/);
    expect(await ledgerOf(b, ids)).toEqual(taken);
    await expect(a.call('begin', 1, ME)).resolves.toHaveLength(1);
  }, 60_000);

  it('should survive a PostgreSQL that is frozen for 20 s: 503 in bounded time, no run stolen, no restart', async () => {
    const [ofA, ofB] = await Promise.all([a.call<string[]>('begin', 10, ME), b.call<string[]>('begin', 10, ME)]);
    await sleep(6000); // both have been steady for a lease, so that only the rules keep them from stealing

    services.freeze();
    const since = Date.now();
    const refusedStart = a.call('begin', 1, ME).catch((error: unknown) => error);
    const refusedQuery = b.call('rows', 'select 1').catch((error: unknown) => error);
    const health = await a.call('health');
    await a.call('finishAll'); // their last write waits for the database
    const errors = await Promise.all([refusedStart, refusedQuery]);
    const refusedAfter = Date.now() - since;
    await sleep(20_000 - refusedAfter);
    services.thaw();

    expect(health).toMatchObject({ isUp: false });
    for (const error of errors) expect(error).toMatchObject({ code: 'database_unavailable', status: 503 });
    expect(refusedAfter).toBeLessThan(18_000);
    const ended = await until(
      () => ledgerOf(a, ofA),
      (rows) => rows.every((row) => row.state === 'finished'),
    );
    for (const run of ended) expect(run).toMatchObject({ outcome: 'succeeded', fence: 1 });
    await sleep(7000); // longer than a lease: whoever wanted to steal had the time
    for (const run of await ledgerOf(b, ofB)) expect(run).toMatchObject({ state: 'running', fence: 1 });
    await b.call('finishAll');
    const endedByB = await until(
      () => ledgerOf(b, ofB),
      (rows) => rows.every((row) => row.state === 'finished'),
    );
    for (const run of endedByB) expect(run).toMatchObject({ outcome: 'succeeded', fence: 1 });
    await expect(a.call('begin', 3, ME)).resolves.toHaveLength(3);
  }, 120_000);

  it('should stop a run through another process, for its principal only', async () => {
    const [mine, other] = await a.call<string[]>('begin', 2, ME);

    await b.call('stop', other, 'account:somebody');
    await b.call('stop', uuidv7(), ME);
    await b.call('stop', 'no id at all', ME);
    await b.call('stop', mine, ME);
    const ends = await until(
      () => a.call<Record<string, string>>('ends'),
      (all) => Object.keys(all).length > 0,
    );

    expect(ends).toEqual({ [mine!]: 'stopped' });
    expect(await ledgerOf(b, [mine!, other!])).toMatchObject([
      { state: 'finished', outcome: 'stopped' },
      { state: 'running', outcome: null },
    ]);
  });

  it('should stop a run whose stop message was lost, with the next heartbeat', async () => {
    const [id] = await a.call<string[]>('begin', 1, ME);

    await b.call('rows', 'update app_runs set stop_requested_at = now() where id = $1 returning id', [id]);
    const ends = await until(
      () => a.call<Record<string, string>>('ends'),
      (all) => Object.keys(all).length > 0,
    );

    expect(ends).toEqual({ [id!]: 'stopped' });
  });

  it('should follow a run through another process, and rebuild what is held nowhere any more', async () => {
    const [id] = await a.call<string[]>('begin', 1, ME);

    const following = b.call('follow', id, ME);
    await sleep(300);
    await a.call('finishAll');

    expect(await following).toEqual([`data: started ${id!}\n\n`, 'data: ended succeeded\n\n']);
    await expect(b.call('follow', id, 'account:somebody')).rejects.toMatchObject({ status: 404 });
  });

  it('should recover a run that the ledger gives to a living process which does not execute it', async () => {
    const [id] = await a.call<string[]>('begin', 1, ME);
    const [row] = await ledgerOf(a, [id!]);
    const stray = uuidv7();
    await a.call(
      'rows',
      `insert into app_runs (id, tenant_id, app_id, mode, subject_id, principal, state, owner, fence, deadline)
       select $1, tenant_id, app_id, mode, subject_id, principal, state, owner, fence, deadline from app_runs where id = $2 returning id`,
      [stray, id],
    );

    const [recovered] = await until(
      () => ledgerOf(b, [stray]),
      (rows) => rows[0]?.state === 'finished',
      75_000,
    );

    expect(recovered).toMatchObject({ state: 'finished', outcome: 'failed', fence: 2, owner: row?.owner });
    expect(await ledgerOf(b, [id!])).toMatchObject([{ state: 'running', fence: 1 }]);
  }, 90_000);

  it('should keep the limit of an app over all processes', async () => {
    const app = uuidv7();

    await b.call('begin', 2, ME, app, 3);
    const burst = await Promise.allSettled(Array.from({ length: 5 }, () => a.call('begin', 1, ME, app, 3)));

    expect(burst.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(burst.find((one) => one.status === 'rejected')).toMatchObject({ reason: { status: 400, code: 'invalid_param' } });
  });
});
