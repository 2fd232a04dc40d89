import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Sql } from '#platform/database';
import { memberOf, setUp, stopApi, tenantIdOf } from '../../support/api-app.js';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { startConsoleApp } from '../../support/console-app.js';
import { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { OpenAiVendor } from '../../support/openai-vendor.js';
import { chatCredentials, chatModel, COMPATIBLE, MODELS } from './support.js';

const PROVIDERS = '/workspaces/current/model-providers';
const OPENAI = `${PROVIDERS}/langgenius/openai/openai`;

/** What these tests read of a provider. */
interface ListedProvider {
  provider: string;
  label: { en_US: string };
  icon_small: { en_US: string };
  supported_model_types: string[];
  model_credential_schema: { credential_form_schemas: { variable: string }[] };
}

/** What these tests read of a model. */
interface ListedModel {
  status: string;
  model_type: string;
}

describeEachDatabase(
  'lists of models',
  (ctx) => {
    const vendor = new OpenAiVendor();
    let app: NestFastifyApplication;
    let owner: ConsoleClient;

    beforeAll(async () => {
      await vendor.start();
      app = await startConsoleApp(ctx.env);
      owner = await setUp(app);
    });
    afterAll(async () => {
      await stopApi(app);
      await vendor.stop();
    });

    const providers = async (query = '') => (await owner.get(`${PROVIDERS}${query}`)).body.data as ListedProvider[];
    const byId = async (id: string) => (await providers()).find((provider) => provider.provider === id);

    it('should describe a provider as the console expects (trace models/providers-list)', async () => {
      const provider = await byId(COMPATIBLE);

      expect(Object.keys(provider ?? {}).sort()).toEqual(
        'background configurate_methods custom_configuration description help icon_small icon_small_dark label model_credential_schema preferred_provider_type provider provider_credential_schema supported_model_types system_configuration tenant_id'.split(
          ' ',
        ),
      );
      expect(provider).toMatchObject({
        configurate_methods: ['customizable-model'],
        provider_credential_schema: null,
        preferred_provider_type: 'custom',
        custom_configuration: {
          status: 'no-configure',
          current_credential_id: null,
          available_credentials: [],
          custom_models: [],
          can_added_models: [],
        },
        system_configuration: { enabled: false, current_quota_type: null, quota_configurations: [] },
      });
      const apiKey = provider?.model_credential_schema.credential_form_schemas.find((field) => field.variable === 'api_key');
      expect(apiKey).toMatchObject({ type: 'secret-input', required: false, default: null, options: [], max_length: 0, show_on: [] });
    });

    it('should show what needs no set-up first and label the test models', async () => {
      const [first] = await providers();

      expect(first).toMatchObject({ provider: 'baya/builtin/builtin', custom_configuration: { status: 'active' } });
      expect(first?.label.en_US).toMatch(/test/i);
    });

    it('should filter providers by type and refuse an unknown one', async () => {
      const rerankers = await providers('?model_type=rerank');

      expect(rerankers.length).toBeGreaterThan(0);
      expect(rerankers.every((provider) => provider.supported_model_types.includes('rerank'))).toBe(true);
      expect((await owner.get(`${PROVIDERS}?model_type=bogus`)).status).toBe(400);
    });

    it('should give pictures to anybody', async () => {
      const icon = (await byId('langgenius/openai/openai'))?.icon_small.en_US as string;

      const answer = await new ConsoleClient(app).get(new URL(icon).pathname.replace('/console/api', ''));

      expect(answer).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('image/svg+xml') } });
      expect(answer.body).toContain('<svg');
      expect(
        (await new ConsoleClient(app).get(new URL(icon).pathname.replace('/console/api', '').replace('icon_small', 'icon_small_dark')))
          .status,
      ).toBe(400);
    });

    it('should list predefined models as not configured before there are credentials', async () => {
      const models = (await owner.get(`${OPENAI}/models`)).body.data as ListedModel[];

      expect(models.length).toBeGreaterThan(5);
      expect(new Set(models.map((model) => model.status))).toEqual(new Set(['no-configure']));
      expect(models.map((model) => model.model_type)).toEqual(models.map((model) => model.model_type).sort());
      expect((await owner.get(`${OPENAI}/models/parameter-rules?model=gpt-4o`)).body).toEqual({ data: [] });
    });

    it('should have no models of a provider that does not exist, and refuse what is no id', async () => {
      expect(await owner.get(`${PROVIDERS}/none/none/none/models`)).toMatchObject({ status: 200, body: { data: [] } });
      expect((await owner.get(`${PROVIDERS}/none/none/none/credentials`)).status).toBe(400);
      expect((await owner.get(`${PROVIDERS}/A%20b/models`)).status).toBe(400);
      expect((await owner.get('/workspaces/current/models/model-types/bogus')).status).toBe(400);
    });

    it('should use what the workspace can call where no model is named, and what it chose afterwards', async () => {
      const defaultOf = async (type: string) => (await owner.get(`/workspaces/current/default-model?model_type=${type}`)).body.data;

      expect(await defaultOf('tts')).toBeNull();
      expect(await defaultOf('llm')).toMatchObject({
        model: 'echo-1',
        model_type: 'llm',
        provider: { provider: 'baya/builtin/builtin', models: [], icon_small_dark: null },
      });
      await owner.post(`${MODELS}/credentials`, chatModel({ credentials: chatCredentials(vendor) }));
      // The test model only stood in.
      expect(await defaultOf('llm')).toMatchObject({ model: 'm1', provider: { provider: COMPATIBLE } });
      const set = (provider: string, model: string) =>
        owner.post('/workspaces/current/default-model', {
          model_settings: [{ model_type: 'llm', provider, model }, { model_type: 'tts' }],
        });

      expect(await set(COMPATIBLE, 'm1')).toMatchObject({ status: 200, body: { result: 'success' } });
      expect(await defaultOf('llm')).toMatchObject({ model: 'm1', provider: { provider: COMPATIBLE } });
      const rows = await app.get(Sql, { strict: false }).rows('select model_type from tenant_default_models');
      expect(rows).toEqual([{ model_type: 'text-generation' }]);
      expect(await set(COMPATIBLE, 'nobody')).toMatchObject({
        status: 400,
        body: { code: 'invalid_param', message: 'Model nobody does not exist.' },
      });
      expect(await set('x/y/z', 'm')).toMatchObject({
        status: 400,
        body: { code: 'invalid_param', message: 'Provider x/y/z does not exist.' },
      });
      expect((await owner.post('/workspaces/current/default-model', { model_settings: [{ model_type: 'bogus' }] })).status).toBe(400);
      expect(await defaultOf('llm')).toMatchObject({ model: 'm1' });
    });

    it('should list the usable models of a type for every member (trace models/provider-models)', async () => {
      await owner.post(`${MODELS}/credentials`, chatModel({ credentials: chatCredentials(vendor) }));
      const member = await memberOf(app, await tenantIdOf(owner), 'normal');

      const { body } = await member.get('/workspaces/current/models/model-types/text-generation');

      const mine = body.data.find((provider: { provider: string }) => provider.provider === COMPATIBLE);
      expect(mine).toMatchObject({
        status: 'active',
        models: [
          {
            model: 'm1',
            model_type: 'llm',
            fetch_from: 'customizable-model',
            status: 'active',
            model_properties: { mode: 'chat', context_size: 8192 },
          },
        ],
      });
      expect(Object.keys(mine.models[0]).sort()).toEqual(
        'deprecated features fetch_from has_invalid_load_balancing_configs label load_balancing_enabled model model_properties model_type status'.split(
          ' ',
        ),
      );
      expect(body.data.at(-1).provider).toBe('baya/builtin/builtin');
    });

    it('should tell the parameters of an llm', async () => {
      const { body } = await owner.get(`${PROVIDERS}/builtin/models/parameter-rules?model=echo-1`);

      expect(body.data).toContainEqual(
        expect.objectContaining({ name: 'max_tokens', use_template: 'max_tokens', type: 'int', required: false }),
      );
      expect((await owner.get(`${PROVIDERS}/builtin/models/parameter-rules?model=none`)).body).toEqual({ data: [] });
      expect((await owner.get(`${PROVIDERS}/builtin/models/parameter-rules`)).status).toBe(400);
    });
  },
  { connect: false, preparers },
);
