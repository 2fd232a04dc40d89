import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { uuidv7 } from '#common';
import { AccountService } from '#features/accounts';
import { AccessTokens } from '#features/auth';
import { MembershipService, WorkspaceService } from '#features/workspaces';
import { Sql, Transactions } from '#platform/database';
import { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { closePeopleApp, startPeopleApp } from '../../support/people-app.js';

describeEachDatabase(
  'workspaces',
  (ctx) => {
    let app: NestFastifyApplication;

    /** An account, signed in, and the workspaces it owns, in the order of their names; the last one is current. */
    const member = async (...names: string[]): Promise<{ console: ConsoleClient; accountId: string; workspaces: string[] }> => {
      const account = await app
        .get(AccountService)
        .create({ email: `${uuidv7()}@example.com`, name: 'Somebody', passwordHash: null, language: 'en-US' });
      const workspaces: string[] = [];
      for (const name of names) {
        const prepared = await app.get(WorkspaceService).prepare();
        await app.get(Transactions).run((tx) => app.get(WorkspaceService).create(prepared, { name, ownerId: account.id }, tx));
        workspaces.push(prepared.id);
      }
      const console = new ConsoleClient(app);
      console.cookies.set('access_token', await app.get(AccessTokens).signAccess(account.id));
      console.cookies.set('csrf_token', await app.get(AccessTokens).signCsrf(account.id));
      return { console, accountId: account.id, workspaces };
    };
    const archive = (id = '') => app.get(Sql).run(`update tenants set status = 'archive' where id = $1`, [id]);

    beforeAll(async () => {
      app = await startPeopleApp(ctx.env);
      await new ConsoleClient(app).post('/setup', { email: 'ada@example.com', name: 'Ada', password: 'Passw0rd!x' });
    });
    afterAll(() => closePeopleApp(app));

    it.each(['/workspaces/current', '/info'])('should tell the current one on %s', async (path) => {
      const { console, workspaces } = await member('First', 'Second');

      expect(await console.post(path)).toMatchObject({ status: 200 });
      expect((await console.post(path, {})).body).toEqual({
        id: workspaces[1],
        name: 'Second',
        plan: 'basic',
        status: 'normal',
        created_at: expect.any(Number),
        role: 'owner',
        in_trial: null,
        trial_end_reason: null,
        custom_config: null,
        trial_credits: null,
        trial_credits_used: null,
        next_credit_reset_date: null,
      });
    });

    it('should list those of the caller alone, archived ones left out', async () => {
      const { console, workspaces } = await member('First', 'Second', 'Third');
      await member('Of another');
      await archive(workspaces[0]);

      const { body } = await console.get('/workspaces');

      const item = { plan: 'sandbox', status: 'normal', created_at: expect.any(Number) };
      expect(body).toEqual({
        workspaces: [
          { id: workspaces[1], name: 'Second', current: false, ...item },
          { id: workspaces[2], name: 'Third', current: true, ...item },
        ],
      });
    });

    it('should switch to another of the caller, with one current at a time', async () => {
      const { console, accountId, workspaces } = await member('First', 'Second', 'Third');

      expect(await console.post('/workspaces/switch', { tenant_id: workspaces[0] })).toMatchObject({
        status: 200,
        body: { result: 'success', new_tenant: { id: workspaces[0], name: 'First', role: 'owner' } },
      });

      expect((await console.post('/workspaces/current')).body.id).toBe(workspaces[0]);
      expect((await app.get(MembershipService).listOf(accountId)).filter(({ current }) => current)).toHaveLength(1);
    });

    it('should keep one current when many switch at the same time', async () => {
      const { console, accountId, workspaces } = await member('First', 'Second', 'Third');

      const answers = await Promise.all([...workspaces, ...workspaces].map((id) => console.post('/workspaces/switch', { tenant_id: id })));

      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
      expect((await app.get(MembershipService).listOf(accountId)).filter(({ current }) => current)).toHaveLength(1);
    });

    it('should rename the current one, and no other', async () => {
      const { console } = await member('First', 'Second');

      expect(await console.post('/workspaces/info', { name: 'Renamed' })).toMatchObject({
        status: 200,
        body: { result: 'success', tenant: { name: 'Renamed' } },
      });

      const names = (await console.get('/workspaces')).body.workspaces.map(({ name }: { name: string }) => name);
      expect(names).toEqual(['First', 'Renamed']);
      for (const name of ['', 'x'.repeat(256), null]) {
        expect(await console.post('/workspaces/info', { name })).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
      }
    });

    it('should refuse to switch to one of another, an archived one, or none', async () => {
      const { console, workspaces } = await member('First', 'Second');
      const other = await member('Of another');
      await archive(workspaces[0]);

      for (const id of [other.workspaces[0], workspaces[0], uuidv7(), 'x', '']) {
        expect(await console.post('/workspaces/switch', { tenant_id: id })).toMatchObject({
          status: 403,
          body: { code: 'account_not_link_tenant', status: 403 },
        });
      }
      expect(await console.post('/workspaces/switch', { tenant_id: { id: 1 } })).toMatchObject({
        status: 400,
        body: { code: 'invalid_param' },
      });
      expect((await console.post('/workspaces/current')).body.id).toBe(workspaces[1]);
      expect((await other.console.post('/workspaces/switch', { tenant_id: other.workspaces[0] })).status).toBe(200);
    });

    it('should make the first one current where none is', async () => {
      const { console, accountId, workspaces } = await member('First', 'Second');
      await app.get(Sql).run('update tenant_account_joins set current = false where account_id = $1', [accountId]);

      expect((await console.post('/workspaces/current')).body.id).toBe(workspaces[0]);
      expect((await console.get('/workspaces')).body.workspaces.map(({ current }: { current: boolean }) => current)).toEqual([true, false]);
    });

    it('should move on from an archived one, and refuse when there is no other', async () => {
      const { console, workspaces } = await member('First', 'Second');

      await archive(workspaces[1]);
      expect((await console.post('/workspaces/current')).body.id).toBe(workspaces[0]);
      await archive(workspaces[0]);
      expect(await console.post('/workspaces/current')).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    });

    it('should give each account the role it has in its current workspace', async () => {
      const { accountId, console } = await member('Own');
      const other = await member('Of another');
      await app.get(MembershipService).add({ tenantId: other.workspaces[0] ?? '', accountId, role: 'dataset_operator' });

      expect((await console.post('/workspaces/current')).body.role).toBe('owner');
      expect((await console.post('/workspaces/switch', { tenant_id: other.workspaces[0] })).body.new_tenant.role).toBe('dataset_operator');
    });

    it('should drop the memberships of a workspace with it', async () => {
      const { accountId, workspaces } = await member('First');
      await app.get(Sql).run('delete from tenants where id = $1', [workspaces[0]]);

      expect(await app.get(MembershipService).currentOf(accountId)).toBeNull();
    });
  },
  { connect: false },
);
