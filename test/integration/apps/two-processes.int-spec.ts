import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ModelService } from '#features/models';
import { setUp, stopApi, tenantIdOf } from '../../support/api-app.js';
import { startConsoleApp } from '../../support/console-app.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { describeOnPostgres } from '../../support/databases.js';
import { canStartRedis, type PrivateRedis, startPrivateRedis } from '../../support/redis.js';
import { askService, chatConfig, makeApp, makeKey } from './support.js';

/** What the architecture promises for a revoked key. */
const WITHIN = { timeout: 1000, interval: 20 };

describeOnPostgres(
  'two processes with warm caches',
  (ctx) => {
    let redis: PrivateRedis;
    let here: NestFastifyApplication;
    let there: NestFastifyApplication;
    let owner: ConsoleClient;

    beforeAll(async () => {
      if (!canStartRedis) return;
      redis = await startPrivateRedis();
      const env = { ...ctx.env, REDIS_URL: redis.url, SECRET_KEY: 'a secret of both processes' };
      here = await startConsoleApp(env);
      there = await startConsoleApp(env);
      owner = await setUp(here);
    });
    afterAll(async () => {
      if (!canStartRedis) return;
      await stopApi(here);
      await stopApi(there);
      await redis.stop();
    });

    it.runIf(canStartRedis)('should refuse a key within a second of its deletion in the other one', async () => {
      const { id } = await makeApp(owner);
      const key = await makeKey(owner, id);
      expect((await askService(there, '/parameters', key.token)).status).toBe(200);

      await owner.send('DELETE', `/apps/${id}/api-keys/${key.id}`);

      await vi.waitFor(async () => expect((await askService(there, '/parameters', key.token)).status).toBe(401), WITHIN);
    });

    it.runIf(canStartRedis)('should see a new configuration and a switched-off API of the other one', async () => {
      const { id } = await makeApp(owner);
      const { token } = await makeKey(owner, id);
      expect((await askService(there, '/parameters', token)).body.opening_statement).toBeNull();

      await owner.post(`/apps/${id}/model-config`, chatConfig());
      await vi.waitFor(
        async () => expect((await askService(there, '/parameters', token)).body.opening_statement).toBe('Hello! I am {{role}}.'),
        WITHIN,
      );

      await owner.post(`/apps/${id}/api-enable`, { enable_api: false });
      await vi.waitFor(async () => expect((await askService(there, '/parameters', token)).status).toBe(403), WITHIN);
    });

    it.runIf(canStartRedis)('should refuse a model that was disabled in the other one', async () => {
      const tenantId = await tenantIdOf(owner);
      const models = there.get(ModelService, { strict: false });
      await models.llmFor(tenantId, 'builtin', 'echo-1');

      await owner.send('PATCH', '/workspaces/current/model-providers/builtin/models/disable', { model: 'echo-1', model_type: 'llm' });

      await vi.waitFor(() => expect(models.llmFor(tenantId, 'builtin', 'echo-1')).rejects.toMatchObject({ code: 'invalid_param' }), WITHIN);
    });
  },
  { connect: false },
);
