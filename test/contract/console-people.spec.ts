import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ajv } from 'ajv';
import { Authenticators, type AuthRequest } from '#platform/http';
import { ConsoleClient } from '../support/console-client.js';
import { describeEachDatabase } from '../support/databases.js';
import { closePeopleApp, startPeopleApp } from '../support/people-app.js';

const OWNER = { email: 'admin@example.com', name: 'Admin', password: 'Passw0rd!x', language: 'en-US' };
const APP = '018f0000-0000-7000-8000-0000000000aa';

/** Contract console-accounts 3.2; the two values that differ from Dify's say that there is no plugin daemon (section 13). */
const SYSTEM_FEATURES = {
  sso_enforced_for_signin: false,
  sso_enforced_for_signin_protocol: '',
  enable_marketplace: false,
  max_plugin_package_size: 15728640,
  enable_email_code_login: false,
  enable_email_password_login: true,
  enable_social_oauth_login: false,
  is_allow_register: false,
  is_allow_create_workspace: false,
  is_email_setup: false,
  license: { status: 'none', expired_at: '', workspaces: { enabled: false, size: 0, limit: 0 } },
  branding: { enabled: false, application_title: '', login_page_logo: '', workspace_logo: '', favicon: '' },
  webapp_auth: {
    enabled: false,
    allow_sso: false,
    sso_config: { protocol: '' },
    allow_email_code_login: false,
    allow_email_password_login: false,
  },
  plugin_installation_permission: { plugin_installation_scope: 'none', restrict_to_marketplace_only: false },
  enable_change_email: true,
  plugin_manager: { enabled: false },
  trial_models: [],
  enable_trial_app: false,
  enable_explore_banner: false,
};

const FEATURES = {
  billing: { enabled: false, subscription: { plan: 'sandbox', interval: '' } },
  education: { enabled: false, activated: false },
  members: { size: 0, limit: 1 },
  apps: { size: 0, limit: 10 },
  vector_space: { size: 0, limit: 5 },
  knowledge_rate_limit: 10,
  annotation_quota_limit: { size: 0, limit: 10 },
  documents_upload_quota: { size: 0, limit: 50 },
  docs_processing: 'standard',
  can_replace_logo: false,
  model_load_balancing_enabled: false,
  dataset_operator_enabled: false,
  webapp_copyright_enabled: false,
  workspace_members: { enabled: false, size: 0, limit: 0 },
  is_allow_transfer_workspace: true,
  trigger_event: { usage: 0, limit: 3000, reset_date: 0 },
  api_rate_limit: { usage: 0, limit: 5000, reset_date: 0 },
  human_input_email_delivery_enabled: true,
  knowledge_pipeline: { publish_enabled: false },
  next_credit_reset_date: 0,
};

describeEachDatabase(
  'console API of people and system',
  (ctx) => {
    let app: NestFastifyApplication;
    let me: ConsoleClient;

    beforeAll(async () => {
      app = await startPeopleApp({ ...ctx.env, CONSOLE_WEB_URL: 'http://console.example.com' });
      me = new ConsoleClient(app);
      await me.post('/setup', OWNER);
      await me.login(OWNER.email, OWNER.password);
    });
    afterAll(() => closePeopleApp(app));

    it('should answer alike with and without a session what the console asks first', async () => {
      for (const client of [me, new ConsoleClient(app)]) {
        expect((await client.get('/system-features')).body).toEqual(SYSTEM_FEATURES);
        expect((await client.get('/ping')).body).toEqual({ result: 'pong' });
        expect((await client.get('/init')).body).toEqual({ status: 'finished' });
        expect((await client.get('/version?current_version=1.13.2')).body).toEqual({
          version: '1.13.2',
          release_date: '',
          release_notes: '',
          can_auto_update: false,
          features: { can_replace_logo: false, model_load_balancing_enabled: false },
        });
      }
    });

    it('should give the features of a workspace to its members alone', async () => {
      expect((await me.get('/features')).body).toEqual(FEATURES);
      const { body: schemas } = await me.get('/spec/schema-definitions');
      expect(schemas.map(({ name }: { name: string }) => name)).toEqual([
        'multimodal_general_structure',
        'general_structure',
        'file',
        'parent_child_structure',
        'multimodal_parent_child_structure',
        'qa_structure',
      ]);
      const ajv = new Ajv({ strict: false });
      for (const { schema } of schemas) expect(ajv.validateSchema(schema)).toBe(true);
      expect(ajv.validate(schemas[2].schema, { name: 'plan.png', size: 5 })).toBe(true);
      expect(ajv.validate(schemas[2].schema, { size: 'large' })).toBe(false);
      for (const path of ['/features', '/spec/schema-definitions']) {
        expect(await new ConsoleClient(app).get(path)).toMatchObject({
          status: 401,
          body: { code: 'unauthorized', message: 'Invalid Authorization token.', status: 401 },
        });
      }
    });

    it('should refuse a version question without a version, in both error shapes', async () => {
      expect(await me.get('/version')).toMatchObject({ status: 422, body: { code: 'invalid_param', error: { status: 422 } } });
    });

    it.each(['/account/education', '/account/education/verify', '/account/education/autocomplete', '/workspaces/current/permission'])(
      'should say of %s, which other editions have, that it is not here (trace console/workspaces)',
      async (path) => {
        expect(await me.get(path)).toMatchObject({ status: 404, body: { code: 'not_found', status: 404 } });
      },
    );

    it('should name version and environment on answers and errors, and let the console read them', async () => {
      for (const path of ['/account/profile', '/system-features', '/does-not-exist']) {
        const { headers } = await me.get(path, { origin: 'http://console.example.com' });

        expect(headers).toMatchObject({
          'x-version': '1.13.2',
          'x-env': 'PRODUCTION',
          'access-control-allow-origin': 'http://console.example.com',
          'access-control-allow-credentials': 'true',
        });
      }
    });

    it.each([
      ['GET', '/workspaces/current', 405],
      ['POST', '/account/profile', 405],
      ['GET', '/login', 405],
      ['GET', '/does-not-exist', 404],
    ] as const)('should answer %s %s with %i', async (method, path, status) => {
      expect((await me.send(method, path)).status).toBe(status);
    });

    it.each(['/login', '/setup', '/init', '/account/name', '/account/password', '/workspaces/switch'])(
      'should take JSON objects alone on %s',
      async (path) => {
        const send = async (payload: string, type: string) => {
          const cookie = [...me.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
          const headers = { cookie, 'x-csrf-token': me.cookies.get('csrf_token') ?? '', ...(type === '' ? {} : { 'content-type': type }) };
          const response = await app.inject({ method: 'POST', url: `/console/api${path}`, headers, payload });
          return [response.statusCode, response.json<{ code: string }>().code];
        };

        expect(await send('', '')).toEqual([415, 'unsupported_media_type']);
        expect(await send('a=b', 'application/x-www-form-urlencoded')).toEqual([415, 'unsupported_media_type']);
        expect(await send('{bad', 'application/json')).toEqual([400, 'bad_request']);
        for (const body of ['null', '[]', '"text"', '5', '{}', '{"__proto__":{"email":"a@b.cd"}}', '{"constructor":{"name":"x"}}'])
          expect(await send(body, 'application/json')).toEqual([/setup|init/.test(path) ? 422 : 400, 'invalid_param']);
      },
    );

    it('should ask for no CSRF header where a draft is saved while the page closes, and nowhere near', async () => {
      const request = (url: string) =>
        ({
          url,
          headers: {},
          cookies: { access_token: me.cookies.get('access_token') },
          bearer: null,
          method: 'POST',
        }) as unknown as AuthRequest;
      const authenticate = (url: string) =>
        app.get(Authenticators).get('console').authenticate(request(url), { role: 'any', setup: true, csrf: true, init: true });

      for (const url of [
        `/console/api/apps/${APP}/workflows/draft`,
        `/console/api/apps/${APP}/workflows/draft?x=1`,
        `/console/api/apps/${APP}/workflows/draft/run`,
      ]) {
        expect(await authenticate(url)).toMatchObject({ kind: 'console', role: 'owner', account: { email: OWNER.email } });
      }
      for (const url of [
        `/console/api/apps/${APP}/workflows/drafts`,
        '/console/api/apps/x/workflows/draft',
        `/console/api/account/name?/console/api/apps/${APP}/workflows/draft`,
        `/x/console/api/apps/${APP}/workflows/draft`,
      ]) {
        await expect(authenticate(url)).rejects.toMatchObject({ status: 401, message: 'CSRF token is missing or invalid.' });
      }
    });
  },
  { connect: false },
);
