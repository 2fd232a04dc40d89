import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MembershipService } from '#features/workspaces';
import { RateLimits } from '#platform/bus';
import { Sql } from '#platform/database';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { memberOf, PASSWORD, secondWorkspace, setUp, startApi, stopApi, tenantIdOf } from '../../support/api-app.js';
import { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';

const TOKEN = '00000000-0000-4000-8000-000000000000';

describeEachDatabase(
  'deletion of an account',
  (ctx) => {
    let app: NestFastifyApplication;
    let outbox: string;
    let owner: ConsoleClient;
    let tenantId: string;

    beforeAll(async () => {
      outbox = await mkdtemp(join(tmpdir(), 'baya-outbox-'));
      app = await startApi({ ...ctx.env, DEMO: 'false', MAIL_TYPE: 'outbox', MAIL_OUTBOX_PATH: outbox });
      owner = await setUp(app);
      tenantId = await tenantIdOf(owner);
    });
    afterAll(async () => {
      await stopApi(app);
      await rm(outbox, { recursive: true });
    });

    const sql = (): Sql => app.get(Sql, { strict: false });
    const lastMail = async (): Promise<string> => readFile(join(outbox, (await readdir(outbox)).sort().at(-1) ?? ''), 'utf8');
    const idOf = async (client: ConsoleClient): Promise<string> => (await client.get('/account/profile')).body.id;
    const accountRow = (id: string) => sql().row<Record<string, unknown>>('select * from accounts where id = $1', [id]);
    const rolesOf = (id: string) =>
      sql().rows<{ account_id: string; role: string }>('select account_id, role from tenant_account_joins where tenant_id = $1', [id]);
    const begin = async (client: ConsoleClient): Promise<{ token: string; code: string }> => {
      const { status, body } = await client.get('/account/delete/verify');
      expect([status, body.result]).toEqual([200, 'success']);
      return { token: body.data, code: /^(\d{6})\r?$/m.exec(await lastMail())?.[1] ?? '' };
    };
    const allowAnotherMail = (email: string) => app.get(RateLimits, { strict: false }).clear(`mail:account_deletion:${email}`);

    it('should not leave an installation without anybody', async () => {
      expect(await owner.post('/account/delete', await begin(owner))).toMatchObject({ status: 400, body: { code: 'last_account' } });

      expect((await new ConsoleClient(app).login('owner@a.example', PASSWORD)).status).toBe(200);
      await allowAnotherMail('owner@a.example');
    });

    it('should refuse another token, code or account, and all after six guesses', async () => {
      const editor = await memberOf(app, tenantId, 'editor');
      const mine = await begin(owner);
      const wrong = { ...mine, code: mine.code === '000000' ? '000001' : '000000' };
      const refused = { status: 400, body: { code: 'invalid_account_deletion_code' } };

      expect(await editor.post('/account/delete', mine)).toMatchObject(refused);
      expect(await owner.post('/account/delete', { ...mine, token: TOKEN })).toMatchObject(refused);
      for (let i = 0; i < 5; i += 1) expect(await owner.post('/account/delete', wrong)).toMatchObject(refused);
      expect(await owner.post('/account/delete', mine)).toMatchObject(refused);

      expect((await owner.get('/account/profile')).status).toBe(200);
      await app.get(RateLimits, { strict: false }).clear(`mail_code:account_deletion:${await idOf(owner)}`);
      await allowAnotherMail('owner@a.example');
    });

    it('should mail once a minute', async () => {
      await begin(owner);

      expect(await owner.get('/account/delete/verify')).toMatchObject({
        status: 429,
        body: { code: 'email_code_account_deletion_rate_limit_exceeded' },
      });
      await allowAnotherMail('owner@a.example');
    });

    it('should close the account, end its sessions, forget the person, and delete the workspace that was his alone', async () => {
      const leaver = await secondWorkspace(app);
      const id = await idOf(leaver);
      const ownTenant = await tenantIdOf(leaver);
      await app.get(MembershipService, { strict: false }).add({ tenantId, accountId: id, role: 'normal' });
      const other = new ConsoleClient(app);
      await other.login('owner@b.example', PASSWORD);

      const answer = await leaver.post('/account/delete', await begin(leaver));

      expect(answer).toMatchObject({ status: 200, body: { result: 'success' } });
      expect(leaver.cookies.size).toBe(0);
      expect(await lastMail()).toMatch(/^To: owner@b\.example\r?$/m);
      for (const path of ['/account/profile', '/workspaces']) expect((await other.get(path)).status).toBe(401);
      expect((await other.post('/refresh-token')).status).toBe(401);
      expect((await new ConsoleClient(app).login('owner@b.example', PASSWORD)).status).toBe(401);
      expect(await accountRow(id)).toMatchObject({ status: 'closed', password: null, avatar: null, last_login_ip: null });
      expect(JSON.stringify(await accountRow(id))).not.toMatch(/owner@b|"name":"owner"/);
      expect(await sql().row('select status from tenants where id = $1', [ownTenant])).toMatchObject({ status: 'archive' });
      expect((await rolesOf(tenantId)).map((row) => row.account_id)).not.toContain(id);
    });

    it('should free the address for somebody else', async () => {
      expect(await owner.post('/account/change-email/check-email-unique', { email: 'owner@b.example' })).toMatchObject({ status: 200 });
    });

    // Last: the owner goes.
    it('should pass a workspace with others on to the next in rank', async () => {
      const admin = await memberOf(app, tenantId, 'admin');
      const [adminId, ownerId] = [await idOf(admin), await idOf(owner)];

      expect((await owner.post('/account/delete', await begin(owner))).status).toBe(200);

      const roles = new Map((await rolesOf(tenantId)).map((row) => [row.account_id, row.role]));
      expect(roles.get(adminId)).toBe('owner');
      expect(roles.has(ownerId)).toBe(false);
      expect((await admin.post('/workspaces/current', {})).body).toMatchObject({ id: tenantId, role: 'owner', status: 'normal' });
    });

    it('should take feedback of those who left', async () => {
      const anybody = new ConsoleClient(app);

      expect(await anybody.post('/account/delete/feedback', { email: 'gone@a.example', feedback: 'too few birds' })).toMatchObject({
        status: 200,
        body: { result: 'success' },
      });
      expect((await anybody.post('/account/delete/feedback', { email: 'gone@a.example' })).status).toBe(400);
    });
  },
  { connect: false, preparers },
);
