import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { uuidv7 } from '#common';
import { Sql } from '#platform/database';
import { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { closePeopleApp, startPeopleApp } from '../../support/people-app.js';

const OWNER = { email: 'ada@example.com', name: 'Ada', password: 'Passw0rd!x' };
const HTTPS = { CONSOLE_WEB_URL: 'https://console.example.com', CONSOLE_API_URL: 'https://api.example.com' };
const ADMIN_KEY = 'the admin key of this installation';

const adminOf = (app: NestFastifyApplication) => ({
  admin: (key: string, workspace: string) => new ConsoleClient(app, { authorization: `Bearer ${key}`, 'x-workspace-id': workspace }),
  workspaceId: async (): Promise<string> => (await app.get(Sql).row<{ id: string }>('select id from tenants'))?.id ?? '',
});

describeEachDatabase(
  'sessions of a deployment',
  (ctx) => {
    let app: NestFastifyApplication | undefined;
    const start = async (env: Record<string, string> = {}): Promise<NestFastifyApplication> => {
      app = await startPeopleApp({ ...ctx.env, ...env });
      await new ConsoleClient(app).post('/setup', OWNER);
      return app;
    };
    const signIn = async (client: ConsoleClient): Promise<void> =>
      expect((await client.login(OWNER.email, OWNER.password)).body).toEqual({ result: 'success' });

    afterEach(async () => {
      if (app) await closePeopleApp(app);
      app = undefined;
    });

    it('should outlive a restart', async () => {
      const before = new ConsoleClient(await start());
      await signIn(before);
      if (app) await closePeopleApp(app);

      const after = new ConsoleClient(await start());
      for (const [name, value] of before.cookies) after.cookies.set(name, value);

      expect((await after.get('/account/profile')).status).toBe(200);
      expect((await after.post('/refresh-token')).status).toBe(200);
    });

    it('should use secure cookies bound to the host where console and API speak https', async () => {
      const client = new ConsoleClient(await start(HTTPS));
      await signIn(client);

      expect(client.lastCookies.map(({ name, attributes }) => [name, 'secure' in attributes, 'domain' in attributes])).toEqual(
        ['access_token', 'refresh_token', 'csrf_token'].map((name) => [`__Host-${name}`, true, false]),
      );
      expect((await client.get('/account/profile')).status).toBe(200);
      expect((await client.post('/refresh-token')).status).toBe(200);
    });

    it('should share cookies among the hosts of a domain where one is set', async () => {
      const client = new ConsoleClient(await start({ ...HTTPS, COOKIE_DOMAIN: '.example.com' }));
      await signIn(client);

      expect(client.lastCookies.map(({ name, attributes }) => [name, 'secure' in attributes, attributes.domain])).toEqual(
        ['access_token', 'refresh_token', 'csrf_token'].map((name) => [name, true, 'example.com']),
      );
    });

    it('should honour the life times that are set', async () => {
      const client = new ConsoleClient(await start({ ACCESS_TOKEN_EXPIRE_MINUTES: '5', REFRESH_TOKEN_EXPIRE_DAYS: '1' }));
      await signIn(client);

      expect(client.lastCookies.map(({ attributes }) => attributes['max-age'])).toEqual(['300', '86400', '300']);
    });

    it('should refuse passwords where they are switched off', async () => {
      const client = new ConsoleClient(await start({ ENABLE_EMAIL_PASSWORD_LOGIN: 'false' }));

      expect(await client.login(OWNER.email, OWNER.password)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    });

    it('should refuse the admin key while it is switched off', async () => {
      const { admin, workspaceId } = adminOf(await start({ ADMIN_API_KEY: ADMIN_KEY }));

      expect((await admin(ADMIN_KEY, await workspaceId()).get('/account/profile')).status).toBe(401);
    });

    it('should let the admin key act as the owner of the workspace it names, without CSRF, and nothing else', async () => {
      const { admin, workspaceId } = adminOf(await start({ ADMIN_API_KEY_ENABLE: 'true', ADMIN_API_KEY: ADMIN_KEY }));
      const workspace = await workspaceId();

      expect(await admin(ADMIN_KEY, workspace).get('/account/profile')).toMatchObject({ status: 200, body: { email: OWNER.email } });
      for (const [key, id] of [
        ['another key', workspace],
        [ADMIN_KEY, uuidv7()],
        [ADMIN_KEY, "x' or 1=1"],
        [ADMIN_KEY, ''],
      ] as const) {
        expect(await admin(key, id).get('/account/profile')).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
      }
    });
  },
  { connect: false },
);
