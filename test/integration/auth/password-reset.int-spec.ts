import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { accountsEntities, AccountService } from '#features/accounts';
import { authEntities, AuthModule, PasswordResetService } from '#features/auth';
import { workspacesEntities } from '#features/workspaces';
import { inContext } from '../../../apps/cli/src/context.js';
import { ConsoleClient } from '../../support/console-client.js';
import { describeOnPostgres } from '../../support/databases.js';
import { closePeopleApp, startPeopleApp } from '../../support/people-app.js';
import { redisConfig, testRedisUrl } from '../../support/redis.js';

const EMAIL = 'ada@example.com';
const PASSWORD = 'Passw0rd!x';
const NEXT = 'An0ther-password';

// On the embedded database the server is stopped meanwhile, and what it counted is gone with it: see test/e2e/command-line.spec.ts.
for (const kind of ['the server’s memory', ...(testRedisUrl === undefined ? [] : ['Redis'])]) {
  describeOnPostgres(
    `a password given from the command line beside a server that counts in ${kind}`,
    (ctx) => {
      let app: NestFastifyApplication;
      let env: Record<string, string>;
      const login = async (password: string, email = EMAIL) => (await new ConsoleClient(app).login(email, password)).status;
      const reset = (password: string) =>
        inContext({ imports: [AuthModule], entities: [...accountsEntities, ...authEntities, ...workspacesEntities], env }, async (cli) => {
          const account = await cli.get(AccountService, { strict: false }).findByEmail(EMAIL);
          await cli.get(PasswordResetService, { strict: false }).reset(account!, password);
        });

      beforeAll(async () => {
        const { keyPrefix } = redisConfig('');
        env = { ...ctx.env, LOG_LEVEL: 'silent', ...(kind === 'Redis' && { REDIS_URL: testRedisUrl!, REDIS_KEY_PREFIX: keyPrefix }) };
        app = await startPeopleApp(env);
        expect((await new ConsoleClient(app).post('/setup', { email: EMAIL, name: 'Ada', password: PASSWORD })).status).toBe(201);
      });
      afterAll(() => closePeopleApp(app));

      it('should let the account in again at once, with the new password alone, and end its sessions', async () => {
        const session = new ConsoleClient(app);
        expect((await session.login(EMAIL, PASSWORD)).status).toBe(200);
        for (let i = 0; i < 6; i += 1) expect(await login('wrong-pass1')).toBe(401);
        expect(await login(PASSWORD)).toBe(429);

        await reset(NEXT);

        expect(await login(PASSWORD)).toBe(401);
        expect(await login(NEXT)).toBe(200);
        expect((await session.post('/refresh-token')).status).toBe(401);
      });

      it('should lift the lock-out once, and not that of others', async () => {
        for (let i = 0; i < 6; i += 1) await login('wrong-pass1', 'nobody@example.com');
        await reset(PASSWORD);

        for (let i = 0; i < 12; i += 1) await login('wrong-pass1');

        expect(await login(PASSWORD)).toBe(429);
        expect(await login('wrong-pass1', 'nobody@example.com')).toBe(429);
      });

      it('should give no more guesses once the new password was used', async () => {
        await reset(NEXT);
        expect(await login(NEXT)).toBe(200);

        for (let i = 0; i < 6; i += 1) await login('wrong-pass1');

        expect(await login(NEXT)).toBe(429);
      });
    },
    { connect: false },
  );
}
