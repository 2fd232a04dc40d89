import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LlmChunk } from '#engines/model-runtime';
import { ModelService } from '#features/models';
import { Cache } from '#platform/bus';
import { Sql, StatementCounter } from '#platform/database';
import { secondWorkspace, setUp, stopApi, tenantIdOf } from '../../support/api-app.js';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { startConsoleApp } from '../../support/console-app.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { OpenAiVendor } from '../../support/openai-vendor.js';
import { chatCredentials, chatModel, COMPATIBLE, MODELS, readCredentials } from './support.js';

const REQUEST = { messages: [{ role: 'user', content: 'Hi' }] } as const;
const M1 = { provider: COMPATIBLE, model: 'm1' };
const ECHO = { provider: 'builtin', model: 'echo-1' };

describeEachDatabase(
  'calls of models',
  (ctx) => {
    const vendor = new OpenAiVendor();
    let app: NestFastifyApplication;
    let owner: ConsoleClient;
    let tenantId: string;
    let models: ModelService;

    const ask = async (ref = M1): Promise<LlmChunk[]> => {
      const chunks: LlmChunk[] = [];
      for await (const batch of models.invokeLlm(tenantId, ref, REQUEST)) chunks.push(...batch);
      return chunks;
    };
    const textOf = (chunks: readonly LlmChunk[]) => chunks.map(({ text }) => text).join('');
    const add = (name: string, key?: string) =>
      owner.post(`${MODELS}/credentials`, chatModel({ name, credentials: chatCredentials(vendor, key) }));

    beforeAll(async () => {
      await vendor.start();
      app = await startConsoleApp({ ...ctx.env, MODEL_LB_ENABLED: 'true' });
      owner = await setUp(app);
      tenantId = await tenantIdOf(owner);
      models = app.get(ModelService, { strict: false });
    });
    afterAll(async () => {
      await stopApi(app);
      await vendor.stop();
    });
    beforeEach(async () => {
      const sql = app.get(Sql, { strict: false });
      const tables = [
        'provider_models',
        'provider_model_credentials',
        'provider_model_settings',
        'load_balancing_model_configs',
        'tenant_default_models',
      ];
      for (const table of tables) await sql.run(`delete from ${table}`);
      app.get(Cache, { strict: false }).clear();
      vendor.busyKeys.clear();
      vendor.takeKeys();
    });

    it('should stream an answer with the usage the vendor counted', async () => {
      await add('one');

      const chunks = await ask();

      expect(textOf(chunks)).toBe('Hello from the vendor');
      expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 });
    });

    it('should ask the database nothing when warm', async () => {
      await add('one');
      // The first call may begin to load while the word of the new credential is still on its way; such a load is not kept.
      await ask();
      await ask();
      await models.defaultModel(tenantId, 'llm');

      const { statements } = await app.get(StatementCounter, { strict: false }).during(async () => {
        for (let i = 0; i < 20; i += 1) await ask();
        await models.llmFor(tenantId, COMPATIBLE, 'm1');
        await models.defaultModel(tenantId, 'llm');
      });

      expect(statements).toBe(0);
    });

    it('should call with changed credentials at once', async () => {
      await add('one');
      await ask();
      const { current_credential_id: credentialId } = await readCredentials(owner);
      await owner.send(
        'PUT',
        `${MODELS}/credentials`,
        chatModel({ credential_id: credentialId, credentials: chatCredentials(vendor, 'sk-good-changed-0') }),
      );
      vendor.takeKeys();

      await ask();

      expect(vendor.takeKeys()).toEqual(['sk-good-changed-0']);
    });

    it('should refuse a disabled model until it is enabled again', async () => {
      await add('one');
      await ask();

      await owner.send('PATCH', `${MODELS}/disable`, chatModel());
      await expect(ask()).rejects.toMatchObject({ code: 'invalid_param', status: 400 });
      expect(
        (await owner.get('/workspaces/current/models/model-types/llm')).body.data.map((p: { provider: string }) => p.provider),
      ).not.toContain(COMPATIBLE);
      expect((await owner.get(MODELS)).body.data).toMatchObject([{ model: 'm1', status: 'disabled' }]);
      expect((await owner.get(`${MODELS}/parameter-rules?model=m1`)).status).toBe(400);

      await owner.send('PATCH', `${MODELS}/enable`, chatModel());
      expect(textOf(await ask())).toBe('Hello from the vendor');
    });

    it.each([
      ['a provider without credentials', { provider: 'openai', model: 'gpt-4o' }, 'provider_not_initialize'],
      ['a model nobody added', { provider: COMPATIBLE, model: 'nobody' }, 'provider_not_initialize'],
      ['an unknown provider', { provider: 'a/b/c', model: 'x' }, 'invalid_param'],
      ['what is no provider id', { provider: 'A b', model: 'x' }, 'invalid_param'],
      ['an unknown model', { provider: 'builtin', model: 'x' }, 'invalid_param'],
    ])('should refuse %s with 400', async (_what, ref, code) => {
      await expect(ask(ref)).rejects.toMatchObject({ code, status: 400 });
    });

    it('should call the test models without any credentials', async () => {
      expect(textOf(await ask(ECHO))).toContain('Hi');
      expect((await models.embed(tenantId, { provider: 'builtin', model: 'hash-384' }, { texts: ['a', 'b'] })).embeddings).toHaveLength(2);
    });

    it('should not call with the credentials of another workspace', async () => {
      await add('one');
      await ask();
      const stranger = await tenantIdOf(await secondWorkspace(app, `stranger-${ctx.kind}@c.example`));

      await expect(models.llmFor(stranger, COMPATIBLE, 'm1')).rejects.toMatchObject({ code: 'provider_not_initialize' });
    });

    describe('with load balancing', () => {
      const balance = async () => {
        await add('a', 'sk-good-aaaaaaaa');
        await add('b', 'sk-good-bbbbbbbb');
        const { available_credentials: available } = await readCredentials(owner);
        const configs = available.map((c: { credential_id: string }) => ({ name: 'x', enabled: true, credential_id: c.credential_id }));
        const answer = await owner.post(
          MODELS,
          chatModel({ config_from: 'custom-model', credential_id: configs[0].credential_id, load_balancing: { enabled: true, configs } }),
        );
        vendor.takeKeys();
        return answer;
      };

      it('should take turns among the credentials', async () => {
        expect(await balance()).toMatchObject({ status: 200 });

        for (let i = 0; i < 4; i += 1) await ask();

        expect(vendor.takeKeys().sort()).toEqual(['sk-good-aaaaaaaa', 'sk-good-aaaaaaaa', 'sk-good-bbbbbbbb', 'sk-good-bbbbbbbb']);
      });

      it('should go on with the next one after a rate limit and show who cools down', async () => {
        await balance();
        vendor.busyKeys.add('sk-good-aaaaaaaa');

        expect([textOf(await ask()), textOf(await ask()), textOf(await ask())]).toEqual(Array(3).fill('Hello from the vendor'));

        const { load_balancing: shown } = await readCredentials(owner);
        expect(shown).toMatchObject({
          enabled: true,
          configs: [
            { name: 'a', in_cooldown: true },
            { name: 'b', in_cooldown: false, ttl: 0 },
          ],
        });
        expect(vendor.takeKeys().filter((key) => key === 'sk-good-aaaaaaaa')).toHaveLength(1);
      });

      it('should refuse to be enabled with one entry and to name one __inherit__', async () => {
        await add('a');
        const { current_credential_id: id } = await readCredentials(owner);
        const save = (configs: object[]) =>
          owner.post(MODELS, chatModel({ config_from: 'custom-model', credential_id: id, load_balancing: { enabled: true, configs } }));

        expect(await save([{ name: 'x', enabled: true, credential_id: id }])).toMatchObject({
          status: 400,
          body: { message: expect.stringContaining('more than 1') },
        });
        expect(
          (
            await save([
              { name: '__inherit__', enabled: true, credentials: {} },
              { name: 'b', enabled: true, credential_id: id },
            ])
          ).status,
        ).toBe(400);
        expect((await readCredentials(owner)).load_balancing.configs).toEqual([]);
      });

      it('should drop an entry with the credential it was copied from', async () => {
        await balance();
        const { available_credentials: available } = await readCredentials(owner);

        await owner.send('DELETE', `${MODELS}/credentials`, chatModel({ credential_id: available[1].credential_id }));

        expect((await readCredentials(owner)).load_balancing.configs).toHaveLength(1);
      });
    });
  },
  { connect: false, preparers },
);
