import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountService } from '#features/accounts';
import { SetupParticipants } from '#features/auth';
import { MembershipService, WorkspaceService } from '#features/workspaces';
import { Sql, Transactions, type Tx } from '#platform/database';
import { WorkspaceSecrets } from '#platform/secrets';
import { type ConsoleAnswer, ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { closePeopleApp, startPeopleApp } from '../../support/people-app.js';

const OWNER = { email: 'Ada@Example.com', name: 'Ada', password: 'Passw0rd!x', language: 'de-DE' };

const countOf = async (app: NestFastifyApplication, table: string): Promise<number> =>
  (await app.get(Sql).row<{ n: number }>(`select count(*)::int n from ${table}`))?.n ?? -1;

const storedKeys = (dataDir: string): string[] =>
  (existsSync(join(dataDir, 'privkeys')) ? readdirSync(join(dataDir, 'privkeys'), { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

async function makeSystemWorkspace(app: NestFastifyApplication): Promise<string> {
  const [accounts, workspaces] = [app.get(AccountService), app.get(WorkspaceService)];
  const prepared = await workspaces.prepare();
  await app.get(Transactions).run(async (tx) => {
    const keeper = await accounts.createLocked({ email: 'demo@baya.invalid', name: 'Demo' }, tx);
    await workspaces.create(prepared, { name: 'Demo', ownerId: keeper.id, isSystem: true }, tx);
  });
  return prepared.id;
}

describeEachDatabase(
  'an installation that is not set up',
  (ctx) => {
    let app: NestFastifyApplication;
    const anyone = (): ConsoleClient => new ConsoleClient(app);
    const count = (table: string): Promise<number> => countOf(app, table);

    beforeAll(async () => (app = await startPeopleApp(ctx.env)));
    afterAll(() => closePeopleApp(app));

    afterEach(() => vi.restoreAllMocks());

    it('should ask for the set-up before anything else', async () => {
      expect((await anyone().get('/setup')).body).toEqual({ step: 'not_started', setup_at: null });
      expect((await anyone().get('/init')).body).toEqual({ status: 'finished' });
      for (const answer of [
        await anyone().get('/account/profile'),
        await anyone().login('ada@example.com', 'Passw0rd!x'),
        await anyone().post('/logout'),
      ]) {
        expect(answer).toMatchObject({
          status: 401,
          headers: { 'www-authenticate': 'Bearer realm="api"' },
          body: { code: 'not_setup', status: 401 },
        });
      }
      expect((await anyone().get('/ping')).body).toEqual({ result: 'pong' });
    });

    it.each([
      ['no field', {}],
      ['an address that is none', { ...OWNER, email: 'bad' }],
      ['a weak password', { ...OWNER, password: 'short' }],
      ['a password without digits', { ...OWNER, password: 'passwordpassword' }],
      ['a name of 31 characters', { ...OWNER, name: 'A'.repeat(31) }],
      ['a name that is an object', { ...OWNER, name: {} }],
    ])('should refuse %s, in both error shapes', async (_, body) => {
      const answer = await anyone().post('/setup', body);

      expect(answer).toMatchObject({
        status: 422,
        body: { code: 'invalid_param', status: 422, error: { type: 'validation_error', status: 422, details: expect.any(String) } },
      });
      expect((await anyone().get('/setup')).body.step).toBe('not_started');
    });

    it('should leave nothing behind when a participant fails', async () => {
      const tables = ['accounts', 'tenants', 'tenant_account_joins', 'dify_setups'];
      const before = await Promise.all(tables.map(count));
      const keysBefore = storedKeys(ctx.dataDir);
      vi.spyOn(app.get(SetupParticipants), 'run').mockRejectedValueOnce(new Error('broken'));

      expect((await anyone().post('/setup', OWNER)).status).toBe(500);

      expect(await Promise.all(tables.map(count))).toEqual(before);
      expect(storedKeys(ctx.dataDir)).toEqual(keysBefore);
      expect((await anyone().get('/setup')).body.step).toBe('not_started');
    });

    it('should not take the workspace of the system for a set-up', async () => {
      await makeSystemWorkspace(app);

      expect((await anyone().get('/setup')).body.step).toBe('not_started');
      expect(await app.get(WorkspaceService).existsOfPeople()).toBe(false);
    });
  },
  { connect: false },
);

describeEachDatabase(
  'a finished set-up',
  (ctx) => {
    let app: NestFastifyApplication;
    let answers: ConsoleAnswer[];
    const joined: unknown[] = [];
    const anyone = (): ConsoleClient => new ConsoleClient(app);
    const count = (table: string): Promise<number> => countOf(app, table);

    beforeAll(async () => {
      app = await startPeopleApp(ctx.env);
      const demo = await makeSystemWorkspace(app);
      app.get(SetupParticipants).register({
        onSetup: async (facts, tx: Tx) => {
          await app.get(MembershipService).add({ tenantId: demo, accountId: facts.accountId, role: 'editor' }, tx);
          joined.push(facts);
        },
      });
      answers = await Promise.all([anyone().post('/setup', OWNER), anyone().post('/setup', { ...OWNER, email: 'eve@example.com' })]);
    });
    afterAll(() => closePeopleApp(app));

    it('should have been done for one of two callers at the same time', async () => {
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
      expect(answers.find(({ status }) => status === 201)?.body).toEqual({ result: 'success' });
      expect(answers.find(({ status }) => status === 403)?.body).toMatchObject({
        code: 'already_setup',
        error: { type: 'authorization_error', message: 'Forbidden', status: 403 },
      });
    });

    it('should have left account, workspace, key pair and what participants add, each once', async () => {
      expect([await count('accounts'), await count('tenants'), await count('dify_setups'), joined.length]).toEqual([2, 2, 1, 1]);
      expect(storedKeys(ctx.dataDir)).toHaveLength(2);
    });

    it('should tell that and when it was done, and refuse to be done again', async () => {
      const { body } = await anyone().get('/setup');

      expect(body.step).toBe('finished');
      expect(body.setup_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      expect(await anyone().post('/setup', OWNER)).toMatchObject({ status: 403, body: { code: 'already_setup' } });
      expect(await anyone().post('/init', { password: 'x' })).toMatchObject({ status: 403, body: { code: 'already_setup' } });
    });

    it('should make a workspace that can keep secrets', async () => {
      const tenant = await app
        .get(Sql)
        .row<{ id: string; name: string; status: string; plan: string }>('select * from tenants where not is_system');
      const cipher = app
        .get(WorkspaceSecrets)
        .encrypt(tenant?.id ?? '', await app.get(WorkspaceService).publicKeyOf(tenant?.id ?? ''), 'sk-1');

      expect(tenant).toMatchObject({ name: expect.stringMatching(/^Ada's Workspace$/), status: 'normal', plan: 'basic' });
      expect(await app.get(WorkspaceSecrets).decrypt(tenant?.id ?? '', cipher)).toBe('sk-1');
    });

    it('should make an active owner with the language asked for, his own workspace current and the demo beside it', async () => {
      const account = await app.get(Sql).row<{ id: string; email: string }>(`select * from accounts where status = 'active'`);
      const memberships = await app.get(MembershipService).listOf(account?.id ?? '');

      expect(account).toMatchObject({
        email: expect.stringMatching(/^(ada|eve)@example\.com$/),
        interface_language: 'de-DE',
        timezone: 'Europe/Berlin',
        interface_theme: 'light',
      });
      expect(memberships.map(({ name, role, current }) => [name, role, current]).sort()).toEqual([
        ["Ada's Workspace", 'owner', true],
        ['Demo', 'editor', false],
      ]);
    });

    it('should not let anybody sign in to the locked account', async () => {
      for (const password of ['', 'Passw0rd!x', 'of no account']) {
        expect(await anyone().login('demo@baya.invalid', password)).toMatchObject({ status: 401, body: { code: 'authentication_failed' } });
      }
    });
  },
  { connect: false },
);

describeEachDatabase(
  'set-up behind an init password',
  (ctx) => {
    let app: NestFastifyApplication;
    beforeAll(async () => (app = await startPeopleApp({ ...ctx.env, INIT_PASSWORD: 'first things first' })));
    afterAll(() => closePeopleApp(app));

    it('should want the init password before the set-up, from the same browser', async () => {
      const [client, other] = [new ConsoleClient(app), new ConsoleClient(app)];

      expect((await client.get('/init')).body).toEqual({ status: 'not_started' });
      expect(await client.get('/account/profile')).toMatchObject({ status: 401, body: { code: 'not_init_validated' } });
      expect(await client.post('/setup', OWNER)).toMatchObject({ status: 401, body: { code: 'not_init_validated' } });
      expect(await client.post('/init', { password: 'wrong' })).toMatchObject({ status: 401, body: { code: 'init_validate_failed' } });
      expect(await client.post('/init', { password: 'x'.repeat(31) })).toMatchObject({ status: 422, body: { code: 'invalid_param' } });

      expect(await client.post('/init', { password: 'first things first' })).toMatchObject({ status: 201, body: { result: 'success' } });
      expect(client.lastCookies).toMatchObject([{ name: 'session', attributes: { path: '/', samesite: 'Lax', httponly: '' } }]);
      expect((await client.get('/init')).body).toEqual({ status: 'finished' });
      expect((await other.get('/init')).body).toEqual({ status: 'not_started' });
      expect((await other.post('/setup', OWNER)).status).toBe(401);
      expect((await client.post('/setup', OWNER)).status).toBe(201);
      expect((await other.get('/init')).body).toEqual({ status: 'finished' });
    });
  },
  { connect: false },
);

describeEachDatabase(
  'guesses of the init password',
  (ctx) => {
    let app: NestFastifyApplication;
    beforeAll(async () => (app = await startPeopleApp({ ...ctx.env, INIT_PASSWORD: 'first things first' })));
    afterAll(() => closePeopleApp(app));

    it('should be refused after ten, the right one too', async () => {
      const client = new ConsoleClient(app);
      for (let i = 0; i < 10; i += 1) expect((await client.post('/init', { password: `guess ${String(i)}` })).status).toBe(401);

      expect(await client.post('/init', { password: 'first things first' })).toMatchObject({
        status: 429,
        body: { code: 'too_many_requests' },
      });
    });
  },
  { connect: false },
);
