import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Sql } from '#platform/database';
import { memberOf, secondWorkspace, setUp, stopApi, tenantIdOf } from '../../support/api-app.js';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { startConsoleApp } from '../../support/console-app.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { OpenAiVendor } from '../../support/openai-vendor.js';
import { chatCredentials, chatModel, COMPATIBLE, MODELS, readCredentials } from './support.js';

describeEachDatabase(
  'credentials of models',
  (ctx) => {
    const vendor = new OpenAiVendor();
    let app: NestFastifyApplication;
    let owner: ConsoleClient;

    const add = (client: ConsoleClient, name: string | undefined, key?: string, model?: string) =>
      client.post(`${MODELS}/credentials`, chatModel({ name, credentials: chatCredentials(vendor, key) }, model));

    beforeAll(async () => {
      await vendor.start();
      app = await startConsoleApp(ctx.env);
      owner = await setUp(app);
    });
    afterAll(async () => {
      await stopApi(app);
      await vendor.stop();
    });
    beforeEach(async () => {
      const sql = app.get(Sql, { strict: false });
      for (const table of ['provider_models', 'provider_model_credentials', 'load_balancing_model_configs', 'provider_model_settings'])
        await sql.run(`delete from ${table}`);
    });

    it('should save what the vendor accepts, encrypted, and show it masked', async () => {
      const answer = await add(owner, 'two');

      expect(answer).toMatchObject({ status: 201, body: { result: 'success' } });
      const shown = await readCredentials(owner);
      expect(shown).toMatchObject({
        credentials: { api_key: 'sk-goo************90', endpoint_url: vendor.url, mode: 'chat', context_size: '8192' },
        current_credential_name: 'two',
        load_balancing: { enabled: false, configs: [] },
        available_credentials: [{ credential_id: shown.current_credential_id, credential_name: 'two' }],
      });
      const row = await app
        .get(Sql, { strict: false })
        .row<{ encrypted_config: string }>('select encrypted_config from provider_model_credentials');
      expect(row?.encrypted_config).toContain(vendor.url);
      expect(row?.encrypted_config).not.toContain('sk-good');
    });

    it('should save nothing that the vendor refuses, and say why', async () => {
      const answer = await add(owner, 'bad', 'sk-wrong-key');

      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_param', message: expect.stringContaining('Incorrect API key') } });
      expect(answer.body.message).not.toContain('sk-wrong-key');
      expect(await readCredentials(owner)).toMatchObject({ credentials: {}, current_credential_id: null, available_credentials: [] });
    });

    it('should try credentials out without saving them (trace models/credentials)', async () => {
      const tryOut = (credentials: object) => owner.post(`${MODELS}/credentials/validate`, chatModel({ credentials }));

      expect(await tryOut(chatCredentials(vendor))).toMatchObject({ status: 200, body: { result: 'success' } });
      expect(await tryOut(chatCredentials(vendor, 'sk-no'))).toMatchObject({
        status: 200,
        body: { result: 'error', error: expect.any(String) },
      });
      expect(await tryOut({})).toMatchObject({
        status: 400,
        body: { code: 'invalid_param', message: 'Variable endpoint_url is required' },
      });
      expect((await readCredentials(owner)).available_credentials).toEqual([]);
    });

    it('should never fill hidden values in where any member may try credentials out', async () => {
      await add(owner, 'one');
      vendor.takeKeys();
      const member = await memberOf(app, await tenantIdOf(owner), 'normal');

      await member.post(`${MODELS}/credentials/validate`, chatModel({ credentials: chatCredentials(vendor, '[__HIDDEN__]') }));

      expect(vendor.takeKeys()).not.toContain('sk-good-1234567890');
    });

    it('should keep a hidden secret when something else is changed', async () => {
      await add(owner, 'one');
      const { current_credential_id: credentialId } = await readCredentials(owner);
      vendor.takeKeys();

      const answer = await owner.send('PUT', `${MODELS}/credentials`, {
        ...chatModel({
          credential_id: credentialId,
          name: 'renamed',
          credentials: { ...chatCredentials(vendor, '[__HIDDEN__]'), context_size: '16000' },
        }),
      });

      expect(answer).toMatchObject({ status: 200, body: { result: 'success' } });
      expect(vendor.takeKeys()).toContain('sk-good-1234567890');
      expect(await readCredentials(owner)).toMatchObject({
        credentials: { api_key: 'sk-goo************90', context_size: '16000' },
        current_credential_name: 'renamed',
      });
    });

    it('should number credentials nobody named, and refuse a name twice', async () => {
      await add(owner, undefined);
      await add(owner, undefined);

      expect((await readCredentials(owner)).available_credentials.map((c: { credential_name: string }) => c.credential_name)).toEqual([
        'API KEY 1',
        'API KEY 2',
      ]);
      expect(await add(owner, 'API KEY 1')).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
      expect(await add(owner, 'x'.repeat(31))).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
    });

    it('should leave the first one in use until another is switched to', async () => {
      await add(owner, 'first');
      await add(owner, 'second', 'sk-good-second-000');
      const { available_credentials: available } = await readCredentials(owner);
      const second = available[1].credential_id as string;

      expect((await readCredentials(owner)).current_credential_name).toBe('first');
      expect((await readCredentials(owner, 'm1', `&credential_id=${second}`)).credentials.api_key).toBe('sk-goo************00');
      const switching = () => owner.post(`${MODELS}/credentials/switch`, chatModel({ credential_id: second }));
      expect(await switching()).toMatchObject({ status: 200, body: { result: 'success' } });
      expect((await readCredentials(owner)).current_credential_name).toBe('second');
      expect((await switching()).status).toBe(400);
    });

    it('should have none in use when that one is deleted, and forget the model with the last one', async () => {
      await add(owner, 'first');
      await add(owner, 'second');
      const ids = (await readCredentials(owner)).available_credentials.map((c: { credential_id: string }) => c.credential_id);
      const remove = (credentialId: string) => owner.send('DELETE', `${MODELS}/credentials`, chatModel({ credential_id: credentialId }));

      expect((await remove(ids[0])).status).toBe(204);
      expect(await readCredentials(owner)).toMatchObject({
        current_credential_id: null,
        available_credentials: [{ credential_id: ids[1] }],
      });
      expect((await owner.get(MODELS)).body.data).toMatchObject([{ model: 'm1', status: 'credential-removed' }]);
      expect((await remove(ids[0])).status).toBe(400);

      expect((await remove(ids[1])).status).toBe(204);
      expect((await owner.get(MODELS)).body.data).toEqual([]);
    });

    it('should show credentials of a model that was taken off the list as addable', async () => {
      await add(owner, 'one');
      const { current_credential_id: credentialId } = await readCredentials(owner);

      expect((await owner.send('DELETE', MODELS, chatModel())).status).toBe(204);

      const provider = await providerOf(owner);
      expect(provider.custom_configuration).toMatchObject({
        can_added_models: [{ model: 'm1', model_type: 'llm' }],
        custom_models: [
          {
            model: 'm1',
            unadded_to_model_list: true,
            current_credential_id: null,
            available_model_credentials: [{ credential_name: 'one' }],
          },
        ],
      });
      expect((await owner.post(MODELS, chatModel({ config_from: 'custom-model', credential_id: credentialId }))).status).toBe(200);
      expect((await owner.get(MODELS)).body.data).toMatchObject([{ model: 'm1', status: 'active' }]);
    });

    it.each(['langgenius%2Fopenai_api_compatible%2Fopenai_api_compatible', 'openai_api_compatible'])(
      'should know the provider as %s',
      async (id) => {
        await add(owner, 'one');

        const { body } = await owner.get(`/workspaces/current/model-providers/${id}/models`);

        expect(body.data).toMatchObject([{ model: 'm1' }]);
      },
    );

    it('should keep the credentials of a workspace from another one', async () => {
      await add(owner, 'one');
      const { current_credential_id: credentialId } = await readCredentials(owner);
      const stranger = await secondWorkspace(app, `stranger-${ctx.kind}@b.example`);

      expect(await readCredentials(stranger)).toMatchObject({ credentials: {}, available_credentials: [] });
      expect((await stranger.get(`${MODELS}/credentials?model=m1&model_type=llm&credential_id=${credentialId}`)).status).toBe(400);
      expect((await stranger.send('DELETE', `${MODELS}/credentials`, chatModel({ credential_id: credentialId }))).status).toBe(400);
      expect((await stranger.post(`${MODELS}/credentials/switch`, chatModel({ credential_id: credentialId }))).status).toBe(400);
      expect((await stranger.get(MODELS)).body.data).toEqual([]);
      expect((await readCredentials(owner)).current_credential_id).toBe(credentialId);
    });

    it('should let only owners and admins change anything', async () => {
      const editor = await memberOf(app, await tenantIdOf(owner), 'editor');

      const answers = [
        await add(editor, 'mine'),
        await editor.send('DELETE', MODELS, chatModel()),
        await editor.post('/workspaces/current/default-model', { model_settings: [] }),
        await editor.post(`${MODELS}/load-balancing-configs/credentials-validate`, chatModel({ credentials: {} })),
      ];

      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    });

    it.each([
      [{ model: 'm1', model_type: 'bogus', credentials: {} }],
      [{ model: '', model_type: 'llm', credentials: {} }],
      [{ model: 'm1', model_type: 'llm', credentials: 'x' }],
      [{ model: 'm1', model_type: 'llm' }],
      [{ model: 'm1', model_type: 'llm', credentials: { endpoint_url: 5, api_key: [], mode: {} } }],
      [{ model: 'm1', model_type: 'llm', credentials: { endpoint_url: 'not a url', mode: 'chat', context_size: 'x' } }],
    ])('should refuse %j', async (body) => {
      expect(await owner.post(`${MODELS}/credentials`, body)).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
    });

    const providerOf = async (client: ConsoleClient) => {
      const { body } = await client.get('/workspaces/current/model-providers');
      return body.data.find((provider: { provider: string }) => provider.provider === COMPATIBLE);
    };
  },
  { connect: false, preparers },
);
