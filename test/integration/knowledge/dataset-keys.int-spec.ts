import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { secondWorkspace, setUp, startApi, stopApi, tenantIdOf } from '../../support/api-app.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';
import { askService, makeApp, makeKey } from '../apps/support.js';

const KEYS = '/datasets/api-keys';
const MODELS = '/workspaces/current/models/model-types/text-embedding';
const REFUSED = { status: 401, body: { code: 'unauthorized', message: 'Access token is invalid', status: 401 } };

/** Keys of a workspace's knowledge (contract console-accounts 10.1, service-and-web-api 3 and 11). */
describeEachDatabase(
  'keys of knowledge',
  (ctx) => {
    let app: NestFastifyApplication;
    let owner: ConsoleClient;

    beforeAll(async () => {
      app = await startApi({ ...ctx.env, DEMO: 'false' });
      owner = await setUp(app);
    });
    afterAll(() => stopApi(app));
    afterEach(async () => {
      for (const { id } of (await owner.get(KEYS)).body.data) await owner.send('DELETE', `${KEYS}/${id}`);
    });

    const make = async (client = owner): Promise<{ id: string; token: string }> => (await client.post(KEYS, {})).body;

    it('should be made with 200 and listed with their texts (trace knowledge/api-keys)', async () => {
      const { status, body } = await owner.post(KEYS, {});

      expect(status).toBe(200);
      expect(body).toEqual({
        id: expect.any(String),
        type: 'dataset',
        token: expect.stringMatching(/^dataset-[A-Za-z0-9]{24}$/),
        last_used_at: null,
        created_at: expect.any(Number),
      });
      expect((await owner.get(KEYS)).body).toEqual({ data: [body] });
    });

    it('should open the models of their workspace, by both names of a type', async () => {
      const { token } = await make();

      const { status, body } = await askService(app, MODELS, token);

      expect(status).toBe(200);
      expect(body.data).toMatchObject([
        {
          tenant_id: await tenantIdOf(owner),
          provider: 'baya/builtin/builtin',
          status: 'active',
          models: [{ model: 'hash-384', model_type: 'text-embedding', status: 'active' }],
        },
      ]);
      expect((await askService(app, MODELS.replace('text-embedding', 'embeddings'), token)).body).toEqual(body);
      expect(await askService(app, MODELS.replace('text-embedding', 'bogus'), token)).toMatchObject({
        status: 400,
        body: { code: 'invalid_param' },
      });
    });

    it('should not open apps, nor should keys of apps open knowledge', async () => {
      const { token } = await make();
      const appKey = await makeKey(owner, (await makeApp(owner)).id);

      expect(await askService(app, '/parameters', token)).toMatchObject(REFUSED);
      expect(await askService(app, MODELS, appKey.token)).toMatchObject(REFUSED);
      expect((await askService(app, MODELS, null)).status).toBe(401);
    });

    it('should be refused once they are deleted', async () => {
      const { id, token } = await make();
      expect((await askService(app, MODELS, token)).status).toBe(200);

      expect((await owner.send('DELETE', `${KEYS}/${id}`)).status).toBe(204);

      expect(await askService(app, MODELS, token)).toMatchObject(REFUSED);
      expect((await owner.send('DELETE', `${KEYS}/${id}`)).status).toBe(404);
    });

    it('should be ten at most, also for callers at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => owner.post(KEYS, {})));

      expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
      expect(answers.find(({ status }) => status === 400)?.body).toMatchObject({ custom: 'max_keys_exceeded' });
    });

    it('should stay within their workspace', async () => {
      const other = await secondWorkspace(app);
      const { id, token } = await make();

      expect((await other.get(KEYS)).body).toEqual({ data: [] });
      expect((await other.send('DELETE', `${KEYS}/${id}`)).status).toBe(404);
      expect((await askService(app, MODELS, token)).status).toBe(200);
    });
  },
  { connect: false, preparers },
);
