import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Sql } from '#platform/database';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { memberOf, secondWorkspace, setUp, stopApi, tenantIdOf } from '../../support/api-app.js';
import { startConsoleApp } from '../../support/console-app.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { chatConfig, makeApp, makeKey } from './support.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const DETAIL_KEYS =
  'access_mode created_at created_by description enable_api enable_site icon icon_background id mode model_config name tags tracing updated_at updated_by use_icon_as_answer_icon workflow';

describeEachDatabase(
  'apps in the console',
  (ctx) => {
    let app: NestFastifyApplication;
    let owner: ConsoleClient;
    let stranger: ConsoleClient;

    beforeAll(async () => {
      app = await startConsoleApp(ctx.env);
      owner = await setUp(app);
      stranger = await secondWorkspace(app);
    });
    afterAll(() => stopApi(app));
    beforeEach(async () => {
      for (const table of ['apps', 'app_model_configs', 'sites', 'api_tokens', 'installed_apps'])
        await app.get(Sql, { strict: false }).run(`delete from ${table}`);
    });

    it('should make a chat app with the default model (trace console/apps-create)', async () => {
      const body = await makeApp(owner, { description: 'A chat app' });

      expect(Object.keys(body).sort().join(' ')).toBe(DETAIL_KEYS);
      expect(body).toMatchObject({
        name: 'chat app',
        description: 'A chat app',
        mode: 'chat',
        enable_site: true,
        enable_api: true,
        workflow: null,
        tracing: null,
        tags: [],
        model_config: {
          opening_statement: null,
          suggested_questions: [],
          retriever_resource: { enabled: true },
          annotation_reply: { enabled: false },
          sensitive_word_avoidance: { enabled: false, type: '', config: {} },
          model: { provider: 'baya/builtin/builtin', name: 'echo-1', mode: 'chat', completion_params: {} },
          user_input_form: [],
          pre_prompt: null,
          agent_mode: { enabled: false, strategy: null, tools: [], prompt: null },
          dataset_configs: { retrieval_model: 'multiple' },
        },
      });
      const rows = await app
        .get(Sql, { strict: false })
        .rows('select tenant_id, app_owner_tenant_id from installed_apps where app_id = $1', [body.id]);
      expect(rows).toEqual([{ tenant_id: await tenantIdOf(owner), app_owner_tenant_id: await tenantIdOf(owner) }]);
    });

    it('should begin a completion app with a query form', async () => {
      const { model_config: config } = await makeApp(owner, { mode: 'completion' });

      expect(config).toMatchObject({
        pre_prompt: '{{query}}',
        user_input_form: [{ paragraph: { label: 'Query', variable: 'query', required: true, default: '' } }],
      });
    });

    it('should show an app with its public page (trace console/apps-get)', async () => {
      const { id } = await makeApp(owner);

      const { body } = await owner.get(`/apps/${id}`);

      expect(Object.keys(body).sort().join(' ')).toBe(
        [...DETAIL_KEYS.split(' '), 'api_base_url', 'deleted_tools', 'icon_type', 'icon_url', 'max_active_requests', 'site']
          .sort()
          .join(' '),
      );
      expect(body.api_base_url).toMatch(/^http:\/\/.+\/v1$/);
      expect(Object.keys(body.site).sort().join(' ')).toBe(
        'access_token app_base_url chat_color_theme chat_color_theme_inverted code copyright created_at created_by custom_disclaimer customize_domain customize_token_strategy default_language description enable_homepage icon icon_background icon_type icon_url privacy_policy prompt_public show_answer_disclaimer show_workflow_steps title updated_at updated_by use_icon_as_answer_icon',
      );
      expect(body.site).toMatchObject({
        access_token: body.site.code,
        code: expect.stringMatching(/^[A-Za-z0-9]{16}$/),
        title: 'chat app',
        show_workflow_steps: true,
      });
    });

    it('should list apps, newest first, by page, mode, name and maker (trace console/apps-list)', async () => {
      await makeApp(owner, { name: 'first 100%' });
      await makeApp(owner, { name: 'second', mode: 'completion' });
      const editor = await memberOf(app, await tenantIdOf(owner), 'editor');
      await makeApp(editor, { name: 'third' });
      const names = async (query: string) => (await owner.get(`/apps${query}`)).body.data.map((item: { name: string }) => item.name);

      const { body } = await owner.get('/apps?page=1&limit=2');
      expect(body).toMatchObject({
        page: 1,
        limit: 2,
        total: 3,
        has_more: true,
        data: [
          { name: 'third', author_name: 'editor' },
          { name: 'second', author_name: 'Owner' },
        ],
      });
      expect(Object.keys(body.data[0]).sort().join(' ')).toBe(
        'access_mode author_name create_user_name created_at created_by description has_draft_trigger icon icon_background icon_type icon_url id max_active_requests mode model_config name tags updated_at updated_by use_icon_as_answer_icon workflow',
      );
      expect(await names('?page=2&limit=2')).toEqual(['first 100%']);
      expect(await names('?mode=completion')).toEqual(['second']);
      expect(await names('?mode=all&name=FIRST')).toEqual(['first 100%']);
      expect(await names('?name=0%25')).toEqual(['first 100%']);
      expect(await names('?name=_')).toEqual([]);
      expect(await names('?is_created_by_me=true')).toEqual(['second', 'first 100%']);
      expect(await names(`?tag_ids=${UNKNOWN}`)).toEqual([]);
      for (const query of ['?tag_ids=x', '?page=0', '?limit=101', '?mode=bogus'])
        expect((await owner.get(`/apps${query}`)).status).toBe(400);
    });

    it('should tell the beginning of the prompt where an app has no description', async () => {
      const { id } = await makeApp(owner);
      await owner.post(`/apps/${id}/model-config`, chatConfig({ pre_prompt: 'p'.repeat(201) }));

      expect((await owner.get('/apps')).body.data[0].description).toBe(`${'p'.repeat(200)}...`);
    });

    it('should replace an app and empty what is left out (trace console/apps-update)', async () => {
      const { id } = await makeApp(owner);

      const full = {
        name: 'n',
        description: 'new',
        icon_type: 'emoji',
        icon: '😀',
        icon_background: '#000',
        use_icon_as_answer_icon: true,
        max_active_requests: 3,
      };
      expect((await owner.send('PUT', `/apps/${id}`, full)).body).toMatchObject({ ...full, site: { title: 'chat app' } });
      expect((await owner.send('PUT', `/apps/${id}`, { name: 'm' })).body).toMatchObject({
        name: 'm',
        description: '',
        icon: '',
        icon_background: '',
        icon_type: null,
        use_icon_as_answer_icon: false,
        max_active_requests: 0,
      });
      for (const bad of [
        {},
        { name: '' },
        { name: 'x', description: 'd'.repeat(401) },
        { name: 'x', icon_type: 'bogus' },
        { name: 'x', max_active_requests: 2 ** 31 },
      ]) {
        expect(await owner.send('PUT', `/apps/${id}`, bad)).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
      }
    });

    it('should rename, repaint and switch an app', async () => {
      const { id } = await makeApp(owner);

      expect((await owner.post(`/apps/${id}/name`, { name: 'other' })).body).toMatchObject({ name: 'other' });
      expect((await owner.post(`/apps/${id}/icon`, { icon: '🦜', icon_background: '#fff' })).body).toMatchObject({
        icon: '🦜',
        icon_background: '#fff',
      });
      expect((await owner.post(`/apps/${id}/site-enable`, { enable_site: false })).body).toMatchObject({ enable_site: false });
      expect((await owner.post(`/apps/${id}/api-enable`, { enable_api: false })).body).toMatchObject({ enable_api: false });
      expect((await owner.get(`/apps/${id}`)).body).toMatchObject({ name: 'other', icon: '🦜', enable_site: false, enable_api: false });
    });

    it('should copy an app with its configuration and values of its own (trace console/apps-copy)', async () => {
      const { id } = await makeApp(owner, { description: 'd' });
      await owner.post(`/apps/${id}/model-config`, chatConfig());

      const { status, body } = await owner.post(`/apps/${id}/copy`, { name: 'copied', icon: '' });

      expect(status).toBe(201);
      expect(body).toMatchObject({
        name: 'copied',
        description: 'd',
        icon: '🤖',
        mode: 'chat',
        model_config: { opening_statement: 'Hello! I am {{role}}.' },
        site: { title: 'copied' },
      });
      expect(body.id).not.toBe(id);
      expect((await owner.get(`/apps/${body.id}/api-keys`)).body.data).toEqual([]);
    });

    it('should delete an app at once and what belongs to it soon after', async () => {
      const { id } = await makeApp(owner);
      await makeKey(owner, id);

      expect((await owner.send('DELETE', `/apps/${id}`)).status).toBe(204);

      expect(await owner.get(`/apps/${id}`)).toMatchObject({ status: 404, body: { code: 'app_not_found' } });
      expect(await owner.send('DELETE', `/apps/${id}`)).toMatchObject({ status: 404, body: { code: 'app_not_found' } });
      const left = () =>
        app.get(Sql, { strict: false }).row<{ n: number }>(
          `select ((select count(*) from app_model_configs where app_id = $1) + (select count(*) from sites where app_id = $1)
            + (select count(*) from api_tokens where app_id = $1) + (select count(*) from installed_apps where app_id = $1))::int as n`,
          [id],
        );
      await vi.waitFor(async () => expect(await left()).toEqual({ n: 0 }), { timeout: 20_000, interval: 100 });
    });

    it('should change the public page and give it a new address (trace console/apps-update)', async () => {
      const { id } = await makeApp(owner);
      const changes = {
        title: 'Chat',
        default_language: 'de-DE',
        chat_color_theme: '#ff0000',
        copyright: 'c',
        enable_homepage: true,
        show_answer_disclaimer: true,
        default_user_avatar_url: 'https://x.example/a.png',
      };

      const { body } = await owner.post(`/apps/${id}/site`, changes);

      expect(Object.keys(body).sort().join(' ')).toBe(
        'access_token app_id chat_page_background_color code copyright custom_disclaimer customize_domain customize_token_strategy default_language default_user_avatar_file_id default_user_avatar_url description enable_homepage icon icon_background privacy_policy prompt_public show_answer_disclaimer show_workflow_steps title use_icon_as_answer_icon',
      );
      expect(body).toMatchObject({
        app_id: id,
        title: 'Chat',
        default_language: 'de-DE',
        enable_homepage: true,
        default_user_avatar_url: 'https://x.example/a.png',
      });
      expect((await owner.post(`/apps/${id}/site`, { title: null, description: 'd' })).body).toMatchObject({
        title: 'Chat',
        description: 'd',
      });
      const reset = (await owner.post(`/apps/${id}/site/access-token-reset`, {})).body;
      expect(reset.code).toMatch(/^[A-Za-z0-9]{16}$/);
      expect(reset.code).not.toBe(body.code);
      for (const bad of [
        { default_language: 'xx' },
        { custom_disclaimer: 'd'.repeat(513) },
        { customize_token_strategy: 'x' },
        { default_user_avatar_url: 'javascript:alert(1)' },
      ]) {
        expect((await owner.post(`/apps/${id}/site`, bad)).status).toBe(400);
      }
    });

    it('should switch tracing', async () => {
      const { id } = await makeApp(owner);

      expect((await owner.get(`/apps/${id}/trace`)).body).toEqual({ enabled: false, tracing_provider: null });
      expect((await owner.post(`/apps/${id}/trace`, { enabled: true })).status).toBe(400);
      expect((await owner.post(`/apps/${id}/trace`, { enabled: true, tracing_provider: 'langfuse' })).body).toEqual({ result: 'success' });
      expect((await owner.get(`/apps/${id}/trace`)).body).toEqual({ enabled: true, tracing_provider: 'langfuse' });
      expect(typeof (await owner.get(`/apps/${id}`)).body.tracing).toBe('string');
    });

    it.each([
      [{ mode: 'chat' }],
      [{ name: 'x' }],
      [{ name: '', mode: 'chat' }],
      [{ name: 'x', mode: 'bogus' }],
      [{ name: 'x', mode: 'chat', description: 'd'.repeat(401) }],
      [{ name: 'x', mode: 'chat', icon_type: 'bogus' }],
      [{ name: { a: 1 }, mode: ['chat'] }],
      [{}],
    ])('should refuse to make an app of %j', async (body) => {
      expect(await owner.post('/apps', body)).toMatchObject({ status: 400, body: { code: 'invalid_param', status: 400 } });
    });

    it('should save configurations as new rows and keep what the mode keeps (trace console/model-config)', async () => {
      const { id } = await makeApp(owner);

      expect(
        await owner.post(`/apps/${id}/model-config`, chatConfig({ system_parameters: { x: 1 }, more_like_this: { enabled: true } })),
      ).toMatchObject({ status: 200, body: { result: 'success' } });

      const { model_config: config } = (await owner.get(`/apps/${id}`)).body;
      expect(config).toMatchObject({
        opening_statement: 'Hello! I am {{role}}.',
        pre_prompt: 'You are {{role}}.',
        model: { provider: 'baya/builtin/builtin', name: 'echo-1', mode: 'chat', completion_params: { max_tokens: 256, stop: [] } },
        text_to_speech: { enabled: false, voice: '', language: '' },
        more_like_this: { enabled: false },
      });
      const { count } = (await app
        .get(Sql, { strict: false })
        .row<{ count: string }>('select count(*) from app_model_configs where app_id = $1', [id]))!;
      expect(Number(count)).toBe(2);
    });

    it.each([
      ['no model', {}, 'model is required'],
      ['an unknown provider', { model: { provider: 'x/y/z', name: 'echo-1', completion_params: {} } }, 'model.provider'],
      ['an unknown model', { model: { provider: 'builtin', name: 'nobody', completion_params: {} } }, 'model.name'],
      ['an unknown kind of input', { ...chatConfig(), user_input_form: [{ bogus: {} }] }, 'user_input_form'],
      [
        'a dataset of nobody',
        { ...chatConfig(), agent_mode: { enabled: true, strategy: 'router', tools: [{ dataset: { enabled: true, id: UNKNOWN } }] } },
        'Dataset',
      ],
      ['values of wrong types', { ...chatConfig(), suggested_questions: 5, opening_statement: {} }, ''],
    ])('should refuse a configuration with %s', async (_what, body, message) => {
      const { id } = await makeApp(owner);

      expect(await owner.post(`/apps/${id}/model-config`, body)).toMatchObject({
        status: 400,
        body: { code: 'invalid_param', message: expect.stringContaining(message) },
      });
      expect((await owner.get(`/apps/${id}`)).body.model_config.pre_prompt).toBeNull();
    });

    it('should make an agent of a chat app whose configuration says so', async () => {
      const { id } = await makeApp(owner);

      await owner.post(`/apps/${id}/model-config`, chatConfig({ agent_mode: { enabled: true, strategy: 'function_call', tools: [] } }));

      expect((await owner.get(`/apps/${id}`)).body.mode).toBe('agent-chat');
    });

    it('should not save a model configuration for a graph app', async () => {
      const { id, model_config: config } = await makeApp(owner, { mode: 'workflow' });

      expect(config).toBeNull();
      expect(await owner.post(`/apps/${id}/model-config`, chatConfig())).toMatchObject({ status: 404, body: { code: 'app_not_found' } });
    });

    it('should keep the apps of a workspace from another one, and its questions out of the cache', async () => {
      const { id } = await makeApp(owner);
      const key = await makeKey(owner, id);
      const requests: [Parameters<ConsoleClient['send']>[0], string, unknown?][] = [
        ['GET', ''],
        ['PUT', '', { name: 'mine' }],
        ['POST', '/copy', {}],
        ['POST', '/name', { name: 'mine' }],
        ['POST', '/icon', {}],
        ['POST', '/site-enable', { enable_site: false }],
        ['POST', '/api-enable', { enable_api: false }],
        ['GET', '/trace'],
        ['POST', '/trace', { enabled: false }],
        ['POST', '/site', { title: 'mine' }],
        ['POST', '/site/access-token-reset', {}],
        ['POST', '/model-config', chatConfig()],
        ['GET', '/api-keys'],
        ['POST', '/api-keys', {}],
        ['DELETE', `/api-keys/${key.id}`],
        ['DELETE', ''],
      ];

      for (const [method, path, body] of requests)
        expect([method, path, (await stranger.send(method, `/apps/${id}${path}`, body)).status]).toEqual([method, path, 404]);

      expect((await stranger.get('/apps')).body.data).toEqual([]);
      expect((await owner.get(`/apps/${id}`)).body).toMatchObject({ name: 'chat app', enable_api: true });
      expect((await owner.get(`/apps/${id}/api-keys`)).body.data).toHaveLength(1);
    });

    it.each(['normal', 'dataset_operator'] as const)('should let a member of role %s look and not touch', async (role) => {
      const { id } = await makeApp(owner);
      const member = await memberOf(app, await tenantIdOf(owner), role);

      expect((await member.get('/apps')).status).toBe(200);
      expect((await member.get(`/apps/${id}/api-keys`)).status).toBe(200);
      expect((await member.post('/apps', { name: 'x', mode: 'bogus' })).status).toBe(403);
      expect((await member.send('DELETE', `/apps/${id}`)).status).toBe(403);
      expect((await member.post(`/apps/${id}/api-enable`, { enable_api: true })).status).toBe(403);
    });

    it('should answer paths that are no UUID with the HTML of an unknown path', async () => {
      expect(await owner.get('/apps/not-a-uuid')).toMatchObject({
        status: 404,
        headers: { 'content-type': expect.stringContaining('text/html') },
      });
    });
  },
  { connect: false, preparers },
);
