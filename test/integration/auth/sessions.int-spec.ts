import { createHmac, pbkdf2Sync } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { uuidv7 } from '#common';
import { Sql } from '#platform/database';
import { AppSecrets, PasswordHasher } from '#platform/secrets';
import { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { closePeopleApp, startPeopleApp } from '../../support/people-app.js';

const EMAIL = 'ada@example.com';
const PASSWORD = 'Passw0rd!x';
const FAILED = { status: 401, body: { code: 'authentication_failed', message: 'Invalid email or password.', status: 401 } };

describeEachDatabase(
  'console sessions',
  (ctx) => {
    let app: NestFastifyApplication;
    const client = (): ConsoleClient => new ConsoleClient(app);
    const signedIn = async (email = EMAIL): Promise<ConsoleClient> => {
      const console = client();
      expect(await console.login(email, PASSWORD)).toMatchObject({ status: 200, body: { result: 'success' } });
      return console;
    };
    /** Another account; a member of the first workspace unless told otherwise. */
    const makeAccount = async (
      facts: { status?: string; password?: string | null; salt?: string; member?: boolean } = {},
    ): Promise<string> => {
      const id = uuidv7();
      const email = `${id}@example.com`;
      const sql = app.get(Sql);
      await sql.run(
        `insert into accounts (id, name, email, password, password_salt, status, created_at, updated_at, last_active_at)
           select $1, 'Other', $2, case when $3::text = 'same' then password else $3::text end, $4, $5, now(), now(), now() from accounts where email = $6`,
        [id, email, facts.password === undefined ? 'same' : facts.password, facts.salt ?? null, facts.status ?? 'active', EMAIL],
      );
      if (facts.member !== false) {
        await sql.run(
          `insert into tenant_account_joins (id, tenant_id, account_id, role, current, created_at, updated_at) select $1, id, $2, 'normal', true, now(), now() from tenants limit 1`,
          [uuidv7(), id],
        );
      }
      return email;
    };

    beforeAll(async () => {
      app = await startPeopleApp(ctx.env);
      expect((await client().post('/setup', { email: EMAIL, name: 'Ada', password: PASSWORD })).status).toBe(201);
    });
    afterAll(() => closePeopleApp(app));

    describe('signing in', () => {
      it('should set three cookies as the console expects them', async () => {
        const console = await signedIn();

        const attributes = { path: '/', samesite: 'Lax' };
        expect(console.lastCookies).toMatchObject([
          { name: 'access_token', attributes: { ...attributes, 'max-age': '3600', httponly: '' } },
          {
            name: 'refresh_token',
            value: expect.stringMatching(/^[0-9a-f]{128}$/),
            attributes: { ...attributes, 'max-age': '2592000', httponly: '' },
          },
          { name: 'csrf_token', attributes: { ...attributes, 'max-age': '3600' } },
        ]);
        expect(console.lastCookies[2]?.attributes).not.toHaveProperty('httponly');
        for (const { attributes: found } of console.lastCookies) {
          expect(found).not.toHaveProperty('secure');
          expect(found).not.toHaveProperty('domain');
          expect(found.expires).toMatch(/GMT$/);
        }
      });

      it('should hand out JWTs with the claims of the contract', async () => {
        const console = await signedIn();
        const { id } = (await console.get('/account/profile')).body;
        const claimsOf = (token = ''): unknown => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

        expect(claimsOf(console.cookies.get('access_token'))).toEqual({
          user_id: id,
          iss: 'SELF_HOSTED',
          sub: 'Console API Passport',
          exp: expect.any(Number),
        });
        expect(claimsOf(console.cookies.get('csrf_token'))).toEqual({ sub: id, exp: expect.any(Number) });
      });

      it('should take the address in any case and note when and from where', async () => {
        const console = await signedIn('ADA@Example.com');

        const { body } = await console.get('/account/profile');
        expect(body).toMatchObject({ email: EMAIL, last_login_ip: '127.0.0.1' });
        expect(Math.abs(body.last_login_at - Date.now() / 1000)).toBeLessThan(60);
      });

      it('should answer alike for a wrong password, an unknown address, an account without password and a locked one', async () => {
        const banned = await makeAccount({ status: 'banned' });
        const withoutPassword = await makeAccount({ password: null });

        const answers = [
          await client().login(EMAIL, 'wrong-pass1'),
          await client().login('nobody@example.com', PASSWORD),
          await client().login(withoutPassword, PASSWORD),
          await client().login(banned, 'wrong-pass1'),
        ];

        for (const answer of answers) {
          expect(answer).toMatchObject(FAILED);
          expect(answer.headers['www-authenticate']).toBe('Bearer realm="api"');
          expect(answer.headers['set-cookie']).toBeUndefined();
        }
      });

      it('should check a password for an unknown address as for a known one', async () => {
        const check = vi.spyOn(app.get(PasswordHasher), 'check');

        await client().login(`nobody-${uuidv7()}@example.com`, 'wrong-pass1');
        await client().login(await makeAccount(), 'wrong-pass1');

        expect(check.mock.calls).toEqual([
          ['wrong-pass1', null],
          ['wrong-pass1', { hash: expect.stringMatching(/^\$argon2id/), salt: null }],
        ]);
        check.mockRestore();
      });

      it('should say that an account is locked to whoever knows its password', async () => {
        for (const status of ['banned', 'closed']) {
          expect(await client().login(await makeAccount({ status }), PASSWORD)).toMatchObject({
            status: 400,
            body: { code: 'account_banned' },
          });
        }
      });

      it('should not let in an account without any workspace', async () => {
        const answer = await client().login(await makeAccount({ member: false }), PASSWORD);

        expect(answer).toMatchObject({ status: 200, body: { result: 'fail', data: expect.any(String) } });
        expect(answer.headers['set-cookie']).toBeUndefined();
      });

      it('should make a pending account active', async () => {
        const email = await makeAccount({ status: 'pending' });
        await signedIn(email);

        expect(await app.get(Sql).row('select status from accounts where email = $1', [email])).toEqual({ status: 'active' });
      });

      it('should take a password that Dify hashed and hash it anew', async () => {
        const salt = Buffer.from('0123456789abcdef');
        const hash = Buffer.from(pbkdf2Sync(PASSWORD, salt, 10_000, 32, 'sha256').toString('hex')).toString('base64');
        const email = await makeAccount({ password: hash, salt: salt.toString('base64') });

        expect(await client().login(email, 'wrong-pass1')).toMatchObject(FAILED);
        await signedIn(email);

        const row = await app
          .get(Sql)
          .row<{ password: string; password_salt: string | null }>('select password, password_salt from accounts where email = $1', [
            email,
          ]);
        expect(row).toEqual({ password: expect.stringMatching(/^\$argon2id\$/), password_salt: null });
        await signedIn(email);
      });

      it.each([
        ['a password that is not base64', { email: EMAIL, password: 'Passw0rd!x' }, 401, 'authentication_failed'],
        ['an address that is none', { email: 'nope', password: 'eA==' }, 400, 'invalid_param'],
        ['a missing password', { email: EMAIL }, 400, 'invalid_param'],
        ['a password that is a list', { email: EMAIL, password: ['eA=='] }, 400, 'invalid_param'],
        ['a very long password', { email: EMAIL, password: 'A'.repeat(100_000) }, 400, 'invalid_param'],
        ['an empty object', {}, 400, 'invalid_param'],
      ])('should refuse %s', async (_, body, status, code) => {
        expect(await client().post('/login', body)).toMatchObject({ status, body: { code, status } });
      });

      it('should block an address after six wrong passwords, for the right one too, and no other address', async () => {
        const email = await makeAccount();
        for (let i = 0; i < 6; i += 1)
          expect(await client().login(i % 2 ? email : email.toUpperCase(), 'wrong-pass1')).toMatchObject(FAILED);

        const blocked = await client().login(email, PASSWORD);

        expect(blocked).toMatchObject({
          status: 429,
          body: { code: 'email_code_login_limit', message: 'Too many incorrect password attempts. Please try again later.', status: 429 },
        });
        expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(80_000);
        await signedIn(await makeAccount());
      });

      it('should block an unknown address alike, and guesses at the same time', async () => {
        const email = `nobody-${uuidv7()}@example.com`;

        const answers = await Promise.all(Array.from({ length: 12 }, () => client().login(email, 'wrong-pass1')));

        expect(answers.filter(({ status }) => status === 401)).toHaveLength(6);
        expect(answers.filter(({ status }) => status === 429)).toHaveLength(6);
      });

      it('should forget wrong passwords once the right one came', async () => {
        const email = await makeAccount();
        for (let round = 0; round < 2; round += 1) {
          for (let i = 0; i < 5; i += 1) await client().login(email, 'wrong-pass1');
          await signedIn(email);
        }
      });
    });

    describe('being signed in', () => {
      it('should want the CSRF token on every method', async () => {
        const console = await signedIn();
        const { id } = (await console.get('/account/profile')).body;
        const secrets = app.get(AppSecrets);
        const refused = { status: 401, body: { code: 'unauthorized', message: 'CSRF token is missing or invalid.', status: 401 } };
        const send = (csrf: string, cookie = csrf) =>
          console.get('/account/profile', {
            cookie: `access_token=${console.cookies.get('access_token') ?? ''}; csrf_token=${cookie}`,
            'x-csrf-token': csrf,
          });

        expect(await console.get('/account/profile', { 'x-csrf-token': '' })).toMatchObject(refused);
        expect(await console.post('/account/name', { name: 'Ada' }, { 'x-csrf-token': 'wrong' })).toMatchObject(refused);
        expect(await send(await secrets.signJwt({ sub: id }, { expiresInSeconds: -1 }))).toMatchObject(refused);
        expect(await send(await secrets.signJwt({ sub: id }))).toMatchObject(refused);
        expect(await send(await secrets.signJwt({ sub: uuidv7() }, { expiresInSeconds: 60 }))).toMatchObject(refused);
        expect(await send(console.cookies.get('csrf_token') ?? '', 'another')).toMatchObject(refused);
        expect(await send(console.cookies.get('access_token') ?? '')).toMatchObject(refused);
        expect((await send(console.cookies.get('csrf_token') ?? '')).status).toBe(200);
      });

      it('should take a bearer token in place of the cookie, with the CSRF token still', async () => {
        const console = await signedIn();
        const authorization = `bearer ${console.cookies.get('access_token') ?? ''}`;
        const csrf = console.cookies.get('csrf_token') ?? '';

        expect((await client().get('/account/profile', { authorization })).status).toBe(401);
        expect((await client().get('/account/profile', { authorization, cookie: `csrf_token=${csrf}`, 'x-csrf-token': csrf })).status).toBe(
          200,
        );
      });

      it('should say what is wrong with a token', async () => {
        const secrets = app.get(AppSecrets);
        const { id } = (await (await signedIn()).get('/account/profile')).body;
        const foreign = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.${Buffer.from(JSON.stringify({ user_id: id })).toString('base64url')}`;
        const forged = `${foreign}.${createHmac('sha256', 'guess').update(foreign).digest('base64url')}`;
        const messageFor = async (token: string) => (await client().get('/account/profile', { authorization: `Bearer ${token}` })).body;

        expect((await client().get('/account/profile')).body).toEqual({
          code: 'unauthorized',
          message: 'Invalid Authorization token.',
          status: 401,
        });
        expect(await messageFor('nonsense')).toMatchObject({ message: 'Invalid token.' });
        expect(await messageFor(forged)).toMatchObject({ message: 'Invalid token signature.' });
        expect(await messageFor(await secrets.signJwt({ user_id: id }, { expiresInSeconds: -1 }))).toMatchObject({
          message: 'Token has expired.',
        });
        expect(await messageFor(await secrets.signJwt({ user_id: id, token_source: 'webapp' }, { expiresInSeconds: 60 }))).toMatchObject({
          message: 'Invalid token.',
        });
        expect(await messageFor(await secrets.signJwt({ sub: id }, { expiresInSeconds: 60 }))).toMatchObject({ message: 'Invalid token.' });
        expect(await messageFor(await secrets.signJwt({ user_id: uuidv7() }, { expiresInSeconds: 60 }))).toMatchObject({
          message: 'Invalid token.',
        });
        expect(await messageFor(await secrets.signJwt({ user_id: "x' or 1=1" }, { expiresInSeconds: 60 }))).toMatchObject({
          message: 'Invalid token.',
        });
      });

      it('should refuse an account from the moment it is locked, or belongs to no workspace, or is incomplete', async () => {
        const email = await makeAccount();
        const console = await signedIn(email);
        const setStatus = (status: string) => app.get(Sql).run('update accounts set status = $2 where email = $1', [email, status]);

        await setStatus('uninitialized');
        expect(await console.get('/account/profile')).toMatchObject({ status: 400, body: { code: 'account_not_initialized' } });
        await setStatus('banned');
        expect(await console.get('/account/profile')).toMatchObject({ status: 401, body: { message: 'Account is banned.' } });
        await setStatus('active');
        await app.get(Sql).run('delete from tenant_account_joins where account_id = (select id from accounts where email = $1)', [email]);
        const { status, body } = await console.get('/account/profile');
        expect([status, body]).toEqual([401, { code: 'unauthorized', message: 'Unauthorized.' }]);
      });

      it('should note activity once in ten minutes', async () => {
        const email = await makeAccount();
        const console = await signedIn(email);
        const ago = async (minutes: number): Promise<number> => {
          await app
            .get(Sql)
            .run(`update accounts set last_active_at = now() - make_interval(mins => $2) where email = $1`, [email, minutes]);
          await console.get('/account/profile');
          const row = await app
            .get(Sql)
            .row<{ age: string }>('select extract(epoch from now() - last_active_at) / 60 as age from accounts where email = $1', [email]);
          return Math.round(Number(row?.age));
        };

        expect([await ago(11), await ago(9)]).toEqual([0, 9]);
      });
    });

    describe('refreshing', () => {
      it('should give a new pair for the refresh cookie alone', async () => {
        const console = await signedIn();
        const old = console.cookies.get('refresh_token');
        console.cookies.delete('access_token');
        console.cookies.delete('csrf_token');

        expect(await console.post('/refresh-token')).toMatchObject({ status: 200, body: { result: 'success' } });

        expect(console.cookies.get('refresh_token')).not.toBe(old);
        expect((await console.get('/account/profile')).status).toBe(200);
        expect((await console.post('/refresh-token')).status).toBe(200);
      });

      it.each([
        ['none', '', 'No refresh token provided'],
        ['an unknown one', 'refresh_token=deadbeef', 'Invalid refresh token'],
        ['a very long one', `refresh_token=${'a'.repeat(5000)}`, 'Invalid refresh token'],
      ])('should refuse %s', async (_, cookie, message) => {
        const { status, body } = await client().post('/refresh-token', {}, { cookie });

        expect([status, body]).toEqual([401, { result: 'fail', message }]);
      });

      it('should end the whole family when a used token comes again', async () => {
        const [thief, other] = [await signedIn(), await signedIn()];
        const victim = new ConsoleClient(app);
        victim.cookies.set('refresh_token', thief.cookies.get('refresh_token') ?? '');
        expect((await thief.post('/refresh-token')).status).toBe(200);
        await app.get(Sql).run("update refresh_tokens set rotated_at = rotated_at - interval '11 seconds' where rotated_at is not null");

        expect(await victim.post('/refresh-token')).toMatchObject({ status: 401, body: { message: 'Invalid refresh token' } });

        expect((await thief.post('/refresh-token')).status).toBe(401);
        expect((await other.post('/refresh-token')).status).toBe(200);
      });

      it('should give one pair to many callers with one token at the same time, and let the session go on', async () => {
        const console = await signedIn();
        const cookie = `refresh_token=${console.cookies.get('refresh_token') ?? ''}`;

        const tabs = Array.from({ length: 6 }, () => client());
        const answers = await Promise.all(tabs.map((tab) => tab.post('/refresh-token', undefined, { cookie })));

        const quickest = answers.findIndex(({ status }) => status === 200);
        expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
        expect((await tabs[quickest]?.post('/refresh-token'))?.status).toBe(200);
      });

      it('should refuse an expired token and a locked account', async () => {
        const email = await makeAccount();
        const [expired, locked] = [await signedIn(email), await signedIn(email)];

        await app
          .get(Sql)
          .run(`update refresh_tokens set expires_at = now() - interval '1 second' where token_hash = $1`, [
            app.get(AppSecrets).hmac(expired.cookies.get('refresh_token') ?? ''),
          ]);
        expect((await expired.post('/refresh-token')).status).toBe(401);
        await app.get(Sql).run(`update accounts set status = 'banned' where email = $1`, [email]);
        expect((await locked.post('/refresh-token')).status).toBe(401);
      });

      it('should keep no token as it is sent', async () => {
        const token = (await signedIn()).cookies.get('refresh_token') ?? '';
        const rows = await app.get(Sql).rows('select * from refresh_tokens');

        expect(token).toHaveLength(128);
        expect(JSON.stringify(rows)).not.toContain(token);
      });
    });

    describe('signing out', () => {
      it('should clear the cookies and end the refresh token, of this session only', async () => {
        const [console, other] = [await signedIn(), await signedIn()];
        const cookies = new Map(console.cookies);

        expect(await console.post('/logout', undefined, { 'x-csrf-token': '' })).toMatchObject({
          status: 200,
          body: { result: 'success' },
        });

        expect(console.lastCookies.map(({ name, value, attributes }) => [name, value, attributes.expires])).toEqual(
          ['access_token', 'refresh_token', 'csrf_token'].map((name) => [name, '', 'Thu, 01 Jan 1970 00:00:00 GMT']),
        );
        for (const [name, value] of cookies) console.cookies.set(name, value);
        expect((await console.get('/account/profile')).status).toBe(200);
        expect(await console.post('/refresh-token')).toMatchObject({ status: 401, body: { message: 'Invalid refresh token' } });
        expect((await other.post('/refresh-token')).status).toBe(200);
      });

      it('should end the last session of a client that sends no refresh cookie, and none of another account', async () => {
        const [mine, theirs] = [await signedIn(await makeAccount()), await signedIn()];
        const refreshToken = mine.cookies.get('refresh_token') ?? '';
        mine.cookies.delete('refresh_token');

        expect((await mine.post('/logout')).status).toBe(200);

        expect((await client().post('/refresh-token', undefined, { cookie: `refresh_token=${refreshToken}` })).status).toBe(401);
        expect((await theirs.post('/refresh-token')).status).toBe(200);
      });

      it('should not end a session of somebody else whose token is sent', async () => {
        const [mine, theirs] = [await signedIn(await makeAccount()), await signedIn()];
        mine.cookies.set('refresh_token', theirs.cookies.get('refresh_token') ?? '');

        expect((await mine.post('/logout')).status).toBe(200);

        expect((await theirs.post('/refresh-token')).status).toBe(200);
      });

      it('should refuse who is not signed in', async () => {
        expect(await client().post('/logout')).toMatchObject({
          status: 401,
          body: { code: 'unauthorized', message: 'Invalid Authorization token.' },
        });
      });
    });
  },
  { connect: false },
);
