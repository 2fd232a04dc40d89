import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeyService, EndUserService, PublishedApps } from '#features/apps';
import { Cache } from '#platform/bus';
import { Sql, StatementCounter } from '#platform/database';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { memberOf, secondWorkspace, setUp, stopApi, tenantIdOf } from '../../support/api-app.js';
import { startConsoleApp } from '../../support/console-app.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { askService, chatConfig, makeApp, makeKey } from './support.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describeEachDatabase(
  'API keys of apps',
  (ctx) => {
    let app: NestFastifyApplication;
    let owner: ConsoleClient;
    let tenantId: string;
    let sql: Sql;
    let id: string;
    let key: { id: string; token: string };

    const ask = (path: string, given: Parameters<typeof askService>[2] = key.token) => askService(app, path, given);

    beforeAll(async () => {
      app = await startConsoleApp(ctx.env);
      owner = await setUp(app);
      tenantId = await tenantIdOf(owner);
      sql = app.get(Sql, { strict: false });
    });
    afterAll(() => stopApi(app));
    beforeEach(async () => {
      id = (await makeApp(owner)).id;
      key = await makeKey(owner, id);
    });

    it('should make keys that the list shows and the database does not (trace console/api-keys)', async () => {
      const { status, body } = await owner.post(`/apps/${id}/api-keys`, {});

      expect(status).toBe(201);
      expect(body).toEqual({
        id: expect.any(String),
        type: 'app',
        token: expect.stringMatching(/^app-[A-Za-z0-9]{24}$/),
        last_used_at: null,
        created_at: expect.any(Number),
      });
      expect((await owner.get(`/apps/${id}/api-keys`)).body.data.map((item: { token: string }) => item.token)).toEqual([
        key.token,
        body.token,
      ]);
      const rows = await sql.rows<Record<string, unknown>>('select * from api_tokens where app_id = $1', [id]);
      expect(JSON.stringify(rows)).not.toContain(body.token.slice(4));
    });

    it('should refuse an eleventh key, also to callers at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => owner.post(`/apps/${id}/api-keys`, {})));

      const refused = answers.filter(({ status }) => status === 400);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(9);
      expect(refused).toHaveLength(3);
      expect(refused[0]?.body).toEqual({
        custom: 'max_keys_exceeded',
        message: 'Cannot create more than 10 API keys for this resource type.',
      });
    });

    it('should refuse a deleted key at once', async () => {
      expect((await ask('/parameters')).status).toBe(200);

      expect((await owner.send('DELETE', `/apps/${id}/api-keys/${key.id}`)).status).toBe(204);

      expect(await ask('/parameters')).toMatchObject({
        status: 401,
        body: { code: 'unauthorized', message: 'Access token is invalid', status: 401 },
      });
      expect(await owner.send('DELETE', `/apps/${id}/api-keys/${key.id}`)).toMatchObject({
        status: 404,
        body: { message: 'API key not found' },
      });
      expect((await owner.get(`/apps/${UNKNOWN}/api-keys`)).status).toBe(404);
    });

    it('should accept a key that was tried before it existed', async () => {
      const keys = app.get(ApiKeyService, { strict: false });
      const made = await keys.create(tenantId, id);
      await keys.delete(tenantId, id, made.id);

      expect((await ask('/parameters', made.token)).status).toBe(401);
      expect((await ask('/parameters')).status).toBe(200);
    });

    it('should refuse the keys of a deleted app', async () => {
      await ask('/parameters');

      await owner.send('DELETE', `/apps/${id}`);

      expect((await ask('/parameters')).status).toBe(401);
    });

    it.each([
      ['no header', null, "Authorization header must be provided and start with 'Bearer'"],
      ['no space', { header: 'app-x' }, "Authorization header must be provided and start with 'Bearer'"],
      ['another scheme', { header: 'Basic app-x' }, "Authorization scheme must be 'Bearer'"],
      ['an unknown key', 'app-xxxxxxxxxxxxxxxxxxxxxxxx', 'Access token is invalid'],
      ['a key of knowledge', 'dataset-xxxxxxxxxxxxxxxxxxxxxxxx', 'Access token is invalid'],
    ])('should refuse %s (trace service/auth-errors)', async (_what, given, message) => {
      const answer = await ask('/parameters', given);

      expect(answer).toMatchObject({
        status: 401,
        body: { code: 'unauthorized', message, status: 401 },
        headers: { 'www-authenticate': 'Bearer realm="api"' },
      });
    });

    it('should take the scheme in any case', async () => {
      expect((await ask('/parameters', { header: `bEaReR ${key.token}` })).status).toBe(200);
    });

    it('should refuse while the API of the app is off', async () => {
      await ask('/parameters');
      await owner.post(`/apps/${id}/api-enable`, { enable_api: false });

      expect(await ask('/parameters')).toMatchObject({
        status: 403,
        body: { code: 'forbidden', message: "The app's API service has been disabled." },
      });

      await owner.post(`/apps/${id}/api-enable`, { enable_api: true });
      expect((await ask('/parameters')).status).toBe(200);
    });

    it('should refuse the keys of an archived workspace', async () => {
      const other = await secondWorkspace(app, `archive-${ctx.kind}@b.example`);
      const theirs = await makeKey(other, (await makeApp(other)).id);
      await sql.run(`update tenants set status = 'archive' where id = $1`, [await tenantIdOf(other)]);
      app.get(Cache, { strict: false }).clear();

      expect(await ask('/parameters', theirs.token)).toMatchObject({
        status: 403,
        body: { code: 'forbidden', message: "The workspace's status is archived." },
      });
    });

    it('should ask the database nothing while an app is warm', async () => {
      await owner.post(`/apps/${id}/model-config`, chatConfig());
      await ask('/parameters');
      const users = app.get(EndUserService, { strict: false });
      await users.ofApiCaller(tenantId, id, 'abc');

      const { statements } = await app.get(StatementCounter, { strict: false }).during(async () => {
        for (let i = 0; i < 20; i += 1) expect((await ask('/parameters')).status).toBe(200);
        await app.get(PublishedApps, { strict: false }).getRunnable(tenantId, id);
        await users.ofApiCaller(tenantId, id, 'abc');
      });

      expect(statements).toBe(0);
    });

    it('should not let the question of another workspace hide an app', async () => {
      const apps = app.get(PublishedApps, { strict: false });
      const stranger = await tenantIdOf(await secondWorkspace(app, `asker-${ctx.kind}@b.example`));

      expect(await apps.find(stranger, id)).toBeNull();

      expect(await apps.find(tenantId, id)).not.toBeNull();
      expect((await ask('/parameters')).status).toBe(200);
    });

    it('should note when a key was used last', async () => {
      await ask('/parameters');

      await app.get(ApiKeyService, { strict: false }).onApplicationShutdown();

      expect((await owner.get(`/apps/${id}/api-keys`)).body.data[0].last_used_at).toBeGreaterThan(1_700_000_000);
    });

    it('should describe an app to its callers (trace service/info-parameters-meta-site)', async () => {
      await owner.post(`/apps/${id}/model-config`, chatConfig());

      expect((await ask('/info')).body).toEqual({ name: 'chat app', description: '', tags: [], mode: 'chat', author_name: 'Owner' });
      expect((await ask('/meta')).body).toEqual({ tool_icons: {} });
      expect((await ask('/parameters')).body).toEqual({
        opening_statement: 'Hello! I am {{role}}.',
        suggested_questions: ['What can you do?'],
        suggested_questions_after_answer: { enabled: true },
        speech_to_text: { enabled: false },
        text_to_speech: { enabled: false, voice: '', language: '' },
        retriever_resource: { enabled: true },
        annotation_reply: { enabled: false },
        more_like_this: { enabled: false },
        user_input_form: [{ 'text-input': { label: 'role', variable: 'role', required: false, max_length: 48, default: 'helpful' } }],
        sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
        file_upload: { image: { enabled: true, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } },
        system_parameters: {
          image_file_size_limit: 10,
          video_file_size_limit: 100,
          audio_file_size_limit: 50,
          file_size_limit: 15,
          workflow_file_upload_limit: 10,
        },
      });
      expect((await ask('/site')).body).toEqual({
        title: 'chat app',
        chat_color_theme: null,
        chat_color_theme_inverted: false,
        chat_page_background_color: null,
        icon_type: 'emoji',
        icon: '🤖',
        icon_background: '#FFEAD5',
        description: null,
        copyright: null,
        privacy_policy: null,
        default_user_avatar_url: null,
        custom_disclaimer: '',
        enable_homepage: false,
        default_language: 'en-US',
        show_workflow_steps: true,
        show_answer_disclaimer: false,
        use_icon_as_answer_icon: false,
        icon_url: null,
        default_user_avatar_file_id: null,
      });
    });

    it('should have no parameters of a graph app that was never published (trace service/app-unavailable)', async () => {
      const bare = (await makeApp(owner, { mode: 'workflow' })).id;
      const { token } = await makeKey(owner, bare);

      expect(await ask('/parameters', token)).toMatchObject({ status: 400, body: { code: 'app_unavailable' } });
      expect((await ask('/info', token)).status).toBe(200);
    });

    it('should know one end user by one name, whoever asks at the same time', async () => {
      const users = app.get(EndUserService, { strict: false });

      const ids = await Promise.all(Array.from({ length: 8 }, () => users.ofApiCaller(tenantId, id, 'somebody')));

      expect(new Set(ids.map((user) => user.id)).size).toBe(1);
      const anonymous = await users.ofApiCaller(tenantId, id, null);
      expect((await ask(`/end-users/${anonymous.id}`)).body).toMatchObject({
        app_id: id,
        type: 'service_api',
        session_id: 'DEFAULT-USER',
        is_anonymous: true,
        created_at: expect.stringMatching(/^\d{4}-.+Z$/),
      });
      await expect(users.ofApiCaller(tenantId, id, 'x'.repeat(256))).rejects.toMatchObject({ status: 400, code: 'invalid_param' });
    });

    it('should make an API user of somebody who came through the web app', async () => {
      const users = app.get(EndUserService, { strict: false });
      const { id: webUser } = await users.ofApiCaller(tenantId, id, 'both');
      await sql.run(`update end_users set type = 'browser' where id = $1`, [webUser]);
      app.get(Cache, { strict: false }).clear();

      expect((await users.ofApiCaller(tenantId, id, 'both')).id).toBe(webUser);
      expect((await ask(`/end-users/${webUser}`)).body).toMatchObject({ type: 'service_api', external_user_id: 'both' });
    });

    it('should not show an app the end users of another app', async () => {
      const other = (await makeApp(owner)).id;
      const { id: theirs } = await app.get(EndUserService, { strict: false }).ofApiCaller(tenantId, other, 'somebody');

      expect(await ask(`/end-users/${theirs}`)).toMatchObject({ status: 404, body: { code: 'end_user_not_found' } });
      expect((await ask('/end-users/x')).headers['content-type']).toContain('text/html');
    });

    it('should let editors make keys and only admins delete them', async () => {
      const editor = await memberOf(app, tenantId, 'editor');

      expect((await editor.post(`/apps/${id}/api-keys`, {})).status).toBe(201);
      expect((await editor.send('DELETE', `/apps/${id}/api-keys/${key.id}`)).status).toBe(403);
    });

    it('should welcome anybody', async () => {
      expect((await ask('', null)).body).toMatchObject({ api_version: 'v1', server_version: '1.13.2' });
    });
  },
  { connect: false, preparers },
);
