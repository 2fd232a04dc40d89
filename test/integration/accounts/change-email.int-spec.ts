import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RateLimits } from '#platform/bus';
import { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { memberOf, PASSWORD, tenantIdOf } from '../../support/api-app.js';
import { closePeopleApp, startPeopleApp } from '../../support/people-app.js';

const EMAIL = 'ada@example.com';
const TOKEN = '00000000-0000-4000-8000-000000000000';

/** The text of a mail, decoded where it is in base64. */
function textOf(mail: string): string {
  const encoded = /Content-Transfer-Encoding: base64\r\n\r\n([^-]+)/.exec(mail)?.[1];
  return encoded === undefined ? mail : Buffer.from(encoded, 'base64').toString('utf8');
}

describeEachDatabase(
  'mails about one’s own account',
  (ctx) => {
    let app: NestFastifyApplication;
    let outbox: string;
    let me: ConsoleClient;

    beforeAll(async () => {
      outbox = await mkdtemp(join(tmpdir(), 'baya-outbox-'));
      app = await startPeopleApp({ ...ctx.env, MAIL_TYPE: 'outbox', MAIL_OUTBOX_PATH: outbox });
      me = new ConsoleClient(app);
      await me.post('/setup', { email: EMAIL, name: 'Ada', password: PASSWORD });
      await me.login(EMAIL, PASSWORD);
    });
    afterAll(async () => {
      await closePeopleApp(app);
      await rm(outbox, { recursive: true });
    });
    afterEach(() => allowMails());

    const mails = async (): Promise<string[]> => {
      const files = (await readdir(outbox)).sort();
      return Promise.all(files.map((file) => readFile(join(outbox, file), 'utf8')));
    };
    const addresses = async (): Promise<string[]> => (await mails()).map((mail) => /^To: (.*?)\r?$/m.exec(mail)?.[1] ?? '');
    /** The code in the last mail, which has to have gone to somebody. */
    const codeFor = async (to: string): Promise<string> => {
      const last = (await mails()).at(-1) ?? '';
      expect(last).toMatch(new RegExp(`^To: ${to}\\r?$`, 'm'));
      return /^(\d{6})\r?$/m.exec(textOf(last))?.[1] ?? '';
    };
    /** As if minutes had passed. */
    const allowMails = async (): Promise<void> => {
      const limits = app.get(RateLimits);
      await limits.clear('mail_ip:127.0.0.1');
      for (const to of await addresses()) await limits.clear(`mail:change_email:${to}`);
    };
    const other = (code: string): string => (code === '000000' ? '000001' : '000000');
    const send = (body: object, client = me) => client.post('/account/change-email', body);
    const verify = (body: object, client = me) => client.post('/account/change-email/validity', body);
    const reset = (body: object, client = me) => client.post('/account/change-email/reset', body);
    /** Tokens of the steps up to the verified new address. */
    const verifiedFor = async (to: string, from = EMAIL): Promise<string> => {
      await allowMails();
      const sent = (await send({ email: from, phase: 'old_email' })).body.data;
      const old = (await verify({ email: from, code: await codeFor(from), token: sent })).body.token;
      const again = (await send({ email: to, phase: 'new_email', token: old })).body.data;
      return (await verify({ email: to, code: await codeFor(to), token: again })).body.token;
    };

    describe('change of the address', () => {
      it('should take both codes, then change it, tell the old address, and let in by the new one alone', async () => {
        const token = await verifiedFor('ada@new.example');

        const { status, body } = await reset({ new_email: 'Ada@new.example', token });

        expect([status, body.email]).toEqual([200, 'ada@new.example']);
        expect((await addresses()).at(-1)).toBe(EMAIL);
        expect((await new ConsoleClient(app).login(EMAIL, PASSWORD)).status).toBe(401);
        expect((await new ConsoleClient(app).login('ada@new.example', PASSWORD)).status).toBe(200);
        expect(await reset({ new_email: 'ada@new.example', token })).toMatchObject({ status: 400, body: { code: 'email_already_in_use' } });
        expect(await reset({ new_email: 'ada@newer.example', token })).toMatchObject({
          status: 400,
          body: { code: 'invalid_or_expired_token' },
        });
        const back = await verifiedFor(EMAIL, 'ada@new.example');
        expect((await reset({ new_email: EMAIL, token: back })).status).toBe(200);
      });

      it('should answer a step as the contract has it', async () => {
        const sent = await send({ email: EMAIL.toUpperCase(), phase: 'old_email', language: 'zh-Hans' });
        const checked = await verify({ email: EMAIL, code: await codeFor(EMAIL), token: sent.body.data });

        expect(sent).toMatchObject({ status: 200, body: { result: 'success', data: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
        expect(checked.body).toEqual({ is_valid: true, email: EMAIL, token: expect.stringMatching(/^[0-9a-f-]{36}$/) });
        expect(textOf((await mails()).at(-1) ?? '')).toContain('验证码');
      });

      it('should not change anything by a token of an earlier step', async () => {
        const sent = (await send({ email: EMAIL, phase: 'old_email' })).body.data;
        const code = await codeFor(EMAIL);
        for (const token of [sent, TOKEN, 'no-uuid'])
          expect(await send({ email: 'x@new.example', phase: 'new_email', token })).toMatchObject({
            body: { code: 'invalid_or_expired_token' },
          });
        const old = (await verify({ email: EMAIL, code, token: sent })).body.token;
        const again = (await send({ email: 'x@new.example', phase: 'new_email', token: old })).body.data;

        for (const token of [old, again])
          expect(await reset({ new_email: 'x@new.example', token })).toMatchObject({
            status: 400,
            body: { code: 'invalid_or_expired_token' },
          });
        expect(await verify({ email: EMAIL, code, token: sent })).toMatchObject({ body: { code: 'invalid_or_expired_token' } });
        expect((await me.get('/account/profile')).body.email).toBe(EMAIL);
      });

      it('should change to the verified address alone, and for its account alone', async () => {
        const colleague = await memberOf(app, await tenantIdOf(me), 'admin');
        const token = await verifiedFor('y@new.example');

        expect(await reset({ new_email: 'z@new.example', token })).toMatchObject({ body: { code: 'invalid_or_expired_token' } });
        expect(await reset({ new_email: 'y@new.example', token }, colleague)).toMatchObject({ body: { code: 'invalid_or_expired_token' } });
        expect(await send({ email: EMAIL, phase: 'old_email' }, colleague)).toMatchObject({
          status: 400,
          body: { code: 'account_not_found' },
        });
        expect((await me.get('/account/profile')).body.email).toBe(EMAIL);
      });

      it('should refuse wrong codes, and every code after six', async () => {
        const token = (await send({ email: EMAIL, phase: 'old_email' })).body.data;
        const code = await codeFor(EMAIL);

        expect(await verify({ email: 'else@example.com', code, token })).toMatchObject({ status: 400, body: { code: 'invalid_email' } });
        for (let i = 0; i < 5; i += 1)
          expect(await verify({ email: EMAIL, code: other(code), token })).toMatchObject({
            status: 400,
            body: { code: 'email_code_error' },
          });
        expect(await verify({ email: EMAIL, code, token })).toMatchObject({ status: 429, body: { code: 'email_change_limit' } });
        await app.get(RateLimits).clear(`mail_code:change_email:${(await me.get('/account/profile')).body.id}`);
      });

      it('should let one of many at a time have the next token', async () => {
        const token = (await send({ email: EMAIL, phase: 'old_email' })).body.data;
        const code = await codeFor(EMAIL);

        const answers = await Promise.all(Array.from({ length: 5 }, () => verify({ email: EMAIL, code, token })));

        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      });

      it('should send one mail a minute to an address, and fifty to those that one caller names', async () => {
        await send({ email: EMAIL, phase: 'old_email' });

        expect(await send({ email: EMAIL, phase: 'old_email' })).toMatchObject({
          status: 429,
          body: { code: 'email_change_rate_limit_exceeded' },
        });
        for (let i = 0; i < 48; i += 1) await me.post('/account/change-email/check-email-unique', { email: 'free@example.com' });
        expect(await send({ email: EMAIL, phase: 'old_email' })).toMatchObject({ status: 429, body: { code: 'email_send_ip_limit' } });
      });

      it.each([
        [{ email: EMAIL }],
        [{ email: EMAIL, phase: 'third' }],
        [{ email: 'nobody', phase: 'old_email' }],
        [{ phase: 'old_email' }],
      ])('should refuse %j', async (body) => {
        expect(await send(body)).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
      });

      it('should tell whether an address is free, to anybody', async () => {
        const anybody = new ConsoleClient(app);
        const ask = (email: string) => anybody.post('/account/change-email/check-email-unique', { email });

        expect(await ask('free@example.com')).toMatchObject({ status: 200, body: { result: 'success' } });
        expect(await ask(EMAIL.toUpperCase())).toMatchObject({ status: 400, body: { code: 'email_already_in_use' } });
      });
    });

    it('should list the sign-in services, with where to bind them', async () => {
      const origin = 'http://console.example';

      expect((await me.get('/account/integrates', { host: 'console.example' })).body).toEqual({
        data: ['github', 'google'].map((provider) => ({
          provider,
          created_at: null,
          is_bound: false,
          link: `${origin}/console/api/oauth/login/${provider}`,
        })),
      });
    });
  },
  { connect: false },
);
