import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountService } from '#features/accounts';
import { WorkspaceService } from '#features/workspaces';
import { Sql, Transactions } from '#platform/database';
import { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { closePeopleApp, startPeopleApp } from '../../support/people-app.js';

const ADMIN_KEY = 'the admin key of this installation';
const OWNER = { email: 'ada@example.com', name: 'Ada', password: 'Passw0rd!x' };
const REFUSED = { status: 401, body: { code: 'unauthorized', message: 'API key is invalid.', status: 401 } };

describeEachDatabase(
  'all workspaces',
  (ctx) => {
    let app: NestFastifyApplication | undefined;
    const start = async (env: Record<string, string>): Promise<NestFastifyApplication> =>
      (app = await startPeopleApp({ ...ctx.env, ...env }));
    const bearer = (key: string, scheme = 'Bearer'): Record<string, string> => ({ authorization: `${scheme} ${key}` });

    /** Makes workspaces of one owner, the first one first, a second apart. */
    const makeWorkspaces = async (on: NestFastifyApplication, names: readonly string[]): Promise<string[]> => {
      const { id: ownerId } = await on.get(AccountService).create({ ...OWNER, passwordHash: null, language: 'en-US' });
      const ids: string[] = [];
      for (const [index, name] of names.entries()) {
        const prepared = await on.get(WorkspaceService).prepare();
        await on.get(Transactions).run((tx) => on.get(WorkspaceService).create(prepared, { name, ownerId }, tx));
        await on.get(Sql).run('update tenants set created_at = to_timestamp($2) where id = $1', [prepared.id, 1_795_422_600 + index]);
        ids.push(prepared.id);
      }
      return ids;
    };

    afterEach(async () => {
      if (app) {
        await app.get(Sql).run('delete from tenants', []);
        await app.get(Sql).run('delete from accounts', []);
        await closePeopleApp(app);
      }
      app = undefined;
    });

    it('should be told to the holder of the admin key, page by page, newest first, whatever their status', async () => {
      const on = await start({ ADMIN_API_KEY_ENABLE: 'true', ADMIN_API_KEY: ADMIN_KEY });
      const ids = await makeWorkspaces(on, ['First', 'Second', 'Third']);
      await on.get(Sql).run(`update tenants set status = 'archive' where id = $1`, [ids[1]]);
      const admin = new ConsoleClient(on, bearer(ADMIN_KEY));

      expect((await admin.get('/all-workspaces?page=1&limit=2')).body).toEqual({
        data: [
          { id: ids[2], name: 'Third', status: 'normal', created_at: 1_795_422_602 },
          { id: ids[1], name: 'Second', status: 'archive', created_at: 1_795_422_601 },
        ],
        has_more: true,
        limit: 2,
        page: 1,
        total: 3,
      });
      expect((await admin.get('/all-workspaces?page=2&limit=2')).body).toEqual({
        data: [{ id: ids[0], name: 'First', status: 'normal', created_at: 1_795_422_600 }],
        has_more: false,
        limit: 2,
        page: 2,
        total: 3,
      });
      expect((await admin.get('/all-workspaces?page=99999&limit=100')).body).toEqual({
        data: [],
        has_more: false,
        limit: 100,
        page: 99_999,
        total: 3,
      });
      expect((await admin.get('/all-workspaces')).body).toMatchObject({ page: 1, limit: 20, total: 3 });
      expect((await new ConsoleClient(on, bearer(ADMIN_KEY, 'bearer')).get('/all-workspaces')).status).toBe(200);
    });

    it('should refuse pages out of bounds, after the key', async () => {
      const on = await start({ ADMIN_API_KEY_ENABLE: 'true', ADMIN_API_KEY: ADMIN_KEY });

      for (const query of ['page=0', 'page=100000', 'limit=0', 'limit=101', 'page=x', 'limit=1.5']) {
        expect(await new ConsoleClient(on, bearer(ADMIN_KEY)).get(`/all-workspaces?${query}`)).toMatchObject({
          status: 400,
          body: { code: 'invalid_param' },
        });
        expect(await new ConsoleClient(on).get(`/all-workspaces?${query}`)).toMatchObject(REFUSED);
      }
    });

    it('should not be told to anybody else: no key, another one, a session, a key in a cookie', async () => {
      const on = await start({ ADMIN_API_KEY_ENABLE: 'true', ADMIN_API_KEY: ADMIN_KEY });
      const owner = new ConsoleClient(on);
      await owner.post('/setup', OWNER);
      await owner.login(OWNER.email, OWNER.password);
      expect((await owner.get('/workspaces')).status).toBe(200);
      const byCookie = new ConsoleClient(on);
      byCookie.cookies.set('access_token', ADMIN_KEY);

      expect(await owner.get('/all-workspaces')).toMatchObject(REFUSED);
      expect(await byCookie.get('/all-workspaces')).toMatchObject(REFUSED);
      for (const headers of [{}, bearer(`${ADMIN_KEY}x`), bearer(ADMIN_KEY.slice(0, -1)), bearer(''), bearer(ADMIN_KEY, 'Basic')]) {
        const answer = await new ConsoleClient(on, headers).get('/all-workspaces');
        expect(answer).toMatchObject(REFUSED);
        expect(answer.headers['www-authenticate']).toBe('Bearer realm="api"');
      }
    });

    it('should not be told to anybody while the key is switched off', async () => {
      const on = await start({ ADMIN_API_KEY: ADMIN_KEY });

      expect(await new ConsoleClient(on, bearer(ADMIN_KEY)).get('/all-workspaces')).toMatchObject(REFUSED);
      expect(await new ConsoleClient(on, bearer('')).get('/all-workspaces')).toMatchObject(REFUSED);
    });
  },
  { connect: false },
);
