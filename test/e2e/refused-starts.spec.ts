import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const programs = { api: '../../dist/apps/api/src/main.js', worker: '../../dist/apps/worker/src/main.js' };
const several = { DATABASE_URL: 'postgres://127.0.0.1:1/x', REDIS_URL: 'redis://127.0.0.1:1', SECRET_KEY: 'yS1vH8Zp3mQ0aXr7Lk2u' };

/** Combinations that can't work (architecture, "Two ways to run"). A second process on one database is tried in test/integration/runs. */
describe('a start that can not work', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'baya-refused-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  const start = (program: keyof typeof programs, env: Record<string, string>): Promise<{ code: unknown; words: string }> =>
    new Promise((resolve) => {
      const options = { env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, PORT: '0', ...env }, timeout: 60_000 };
      execFile(process.execPath, [join(import.meta.dirname, programs[program])], options, (error, _, stderr) =>
        resolve({ code: error?.code ?? 0, words: stderr }),
      );
    });

  it.each([
    ['several processes without Redis', 'api', { ...several, ROLE: 'api', REDIS_URL: '' }, ['REDIS_URL']],
    ['a worker without Redis', 'worker', { ...several, ROLE: 'worker', REDIS_URL: '' }, ['REDIS_URL']],
    ['several processes on the embedded database', 'api', { ...several, ROLE: 'api', DATABASE_URL: '' }, ['DATABASE_URL']],
    ['several processes without a common secret', 'api', { ...several, ROLE: 'api', SECRET_KEY: '' }, ['SECRET_KEY']],
    ['a worker that is not told to be one', 'worker', several, ['ROLE=worker']],
    ['an API that is told to be a worker', 'api', { ...several, ROLE: 'worker' }, ['ROLE=api']],
    ['a published secret on a public address', 'api', { HOST: '0.0.0.0', SECRET_KEY: 'changeme' }, ['SECRET_KEY', 'HOST']],
    ['two wrong values', 'api', { PORT: 'many', DB_POOL_SIZE: '0' }, ['PORT', 'DB_POOL_SIZE']],
  ] as const)('should be refused at once for %s, in words that say what to set', async (_, program, env, names) => {
    const { code, words } = await start(program, env);

    expect(code).toBe(1);
    for (const name of names) expect(words).toContain(name);
    expect(words).not.toMatch(/\n {4}at /);
    expect(readdirSync(dataDir)).toEqual([]);
  });
});
