import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { uuidv7 } from '#common';
import { Sql } from '#platform/database';
import { SignedUrls } from '#platform/secrets';
import { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { closePeopleApp, startPeopleApp } from '../../support/people-app.js';

const OWNER = { email: 'ada@example.com', name: 'Ada', password: 'Passw0rd!x' };

describeEachDatabase(
  'own account',
  (ctx) => {
    let app: NestFastifyApplication;
    let me: ConsoleClient;

    beforeAll(async () => {
      app = await startPeopleApp(ctx.env);
      me = new ConsoleClient(app);
      await me.post('/setup', OWNER);
      await me.login(OWNER.email, OWNER.password);
    });
    afterAll(() => closePeopleApp(app));

    it('should have exactly the fields of the contract', async () => {
      const { status, body } = await me.get('/account/profile');

      expect(status).toBe(200);
      expect(body).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: expect.any(String),
        email: OWNER.email,
        avatar: null,
        avatar_url: null,
        is_password_set: true,
        interface_language: expect.any(String),
        interface_theme: expect.any(String),
        timezone: expect.any(String),
        last_login_at: expect.any(Number),
        last_login_ip: '127.0.0.1',
        created_at: expect.any(Number),
      });
    });

    it.each([
      ['name', { name: 'Ada Lovelace' }],
      ['interface-language', { interface_language: 'zh-Hans' }],
      ['interface-theme', { interface_theme: 'dark' }],
      ['timezone', { timezone: 'Europe/Berlin' }],
    ])('should change %s and keep it', async (path, change) => {
      const { status, body } = await me.post(`/account/${path}`, change);

      expect(status).toBe(200);
      expect(body).toMatchObject({ ...change, email: OWNER.email });
      expect((await me.get('/account/profile')).body).toEqual(body);
    });

    it('should complete an account once, and refuse it everything else before', async () => {
      const { id } = (await me.get('/account/profile')).body;
      const profile = { interface_language: 'de-DE', timezone: 'Europe/Berlin' };
      expect(await me.post('/account/init', profile)).toMatchObject({ status: 400, body: { code: 'account_already_inited' } });
      await app.get(Sql, { strict: false }).run("update accounts set status = 'uninitialized' where id = $1", [id]);

      expect(await me.get('/account/profile')).toMatchObject({ status: 400, body: { code: 'account_not_initialized' } });
      expect((await me.post('/account/init', { ...profile, timezone: 'Mars/Base' })).status).toBe(400);
      expect(await me.post('/account/init', profile)).toMatchObject({ status: 200, body: { result: 'success' } });

      expect((await me.get('/account/profile')).body).toMatchObject(profile);
    });

    it.each([
      ['name', { name: 'x' }],
      ['name', { name: 'x'.repeat(31) }],
      ['name', { name: 5 }],
      ['name', {}],
      ['avatar', { avatar: { toString: 'x' } }],
      ['avatar', { avatar: 'x'.repeat(256) }],
      ['interface-language', { interface_language: 'xx' }],
      ['interface-language', { interface_language: ['en-US'] }],
      ['interface-theme', { interface_theme: 'pink' }],
      ['timezone', { timezone: 'Mars/Base' }],
      ['timezone', { timezone: null }],
      ['timezone', { timezone: '+01:00' }],
    ])('should refuse to change %s to %j', async (path, change) => {
      const before = (await me.get('/account/profile')).body;

      expect(await me.post(`/account/${path}`, change)).toMatchObject({ status: 400, body: { code: 'invalid_param', status: 400 } });
      expect((await me.get('/account/profile')).body).toEqual(before);
    });

    it('should link an uploaded picture by a signed address and a URL as it is', async () => {
      const id = uuidv7();
      const uploaded = (await me.post('/account/avatar', { avatar: id })).body;
      const link = new URL(uploaded.avatar_url);

      expect(uploaded.avatar).toBe(id);
      expect(link.pathname).toBe(`/files/${id}/file-preview`);
      expect(app.get(SignedUrls).verify(['file-preview', id, uploaded.id], Object.fromEntries(link.searchParams))).toBe(true);
      expect((await me.post('/account/avatar', { avatar: 'https://example.com/a.png' })).body.avatar_url).toBe('https://example.com/a.png');
      expect((await me.post('/account/avatar', { avatar: 'javascript:alert(1)' })).body.avatar_url).not.toMatch(/^javascript:/);
    });

    describe('password', () => {
      it.each([
        [
          'the present one is wrong',
          { password: 'wrong', new_password: 'Passw0rd!y', repeat_new_password: 'Passw0rd!y' },
          'current_password_incorrect',
        ],
        ['the present one is missing', { new_password: 'Passw0rd!y', repeat_new_password: 'Passw0rd!y' }, 'current_password_incorrect'],
        [
          'the repetition differs',
          { password: OWNER.password, new_password: 'Passw0rd!y', repeat_new_password: 'other' },
          'repeat_password_not_match',
        ],
        ['the new one is weak', { password: OWNER.password, new_password: 'short', repeat_new_password: 'short' }, 'invalid_param'],
        ['the new one is no text', { password: OWNER.password, new_password: 12345678, repeat_new_password: 12345678 }, 'invalid_param'],
      ])('should stay when %s', async (_, change, code) => {
        expect(await me.post('/account/password', change)).toMatchObject({ status: 400, body: { code, status: 400 } });
        expect((await new ConsoleClient(app).login(OWNER.email, OWNER.password)).status).toBe(200);
      });

      it('should change, and end all other sessions', async () => {
        const other = new ConsoleClient(app);
        await other.login(OWNER.email, OWNER.password);

        expect(
          await me.post('/account/password', { password: OWNER.password, new_password: 'Passw0rd!y', repeat_new_password: 'Passw0rd!y' }),
        ).toMatchObject({ status: 200, body: { email: OWNER.email, is_password_set: true } });

        expect((await new ConsoleClient(app).login(OWNER.email, OWNER.password)).status).toBe(401);
        expect((await new ConsoleClient(app).login(OWNER.email, 'Passw0rd!y')).status).toBe(200);
        expect((await other.post('/refresh-token')).status).toBe(401);
        expect((await me.post('/refresh-token')).status).toBe(200);
        await me.post('/account/password', { password: 'Passw0rd!y', new_password: OWNER.password, repeat_new_password: OWNER.password });
      });
    });
  },
  { connect: false },
);
