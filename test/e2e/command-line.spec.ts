import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Console } from '../../bench/lib/console.mjs';
import { freePort } from '../../bench/lib/processes.mjs';
import { type RunningBaya, startBaya } from '../../bench/lib/servers.mjs';

const main = join(import.meta.dirname, '../../dist/apps/cli/src/main.js');
const owner = { email: 'owner@example.com', name: 'Owner', password: 'Passw0rd!x' };

interface Outcome {
  code: number;
  out: string;
}

function cli(args: string[], env: Record<string, string> = {}, input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { env: { PATH: process.env.PATH ?? '', ...env } }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr }),
    );
    child.stdin?.end(input);
  });
}

describe('command line', () => {
  let baya: RunningBaya;
  let appId: string;
  let tenantId: string;

  beforeAll(async () => {
    baya = await startBaya({ env: { DEMO: 'false' } });
    const console = await new Console(baya.base).signIn(owner);
    tenantId = (await console.call<{ id: string }>('POST', '/workspaces/current', {})).id;
    appId = (await console.call<{ id: string }>('POST', '/apps', { name: 'keyed', mode: 'chat' })).id;
  });

  afterAll(async () => {
    await baya?.stop();
    baya?.remove();
  });

  it('should list its commands, and refuse one that it does not have', async () => {
    expect(await cli(['help'])).toMatchObject({ code: 0, out: expect.stringContaining('reset-password') });
    expect(await cli(['bogus'])).toMatchObject({ code: 2, out: expect.stringContaining('no command bogus') });
    expect(await cli(['reset-password'])).toMatchObject({ code: 2, out: expect.stringContaining('--email is missing') });
  });

  it('should tell a living server from none', async () => {
    expect(await cli(['health'], { PORT: String(baya.port) })).toEqual({ code: 0, out: '' });
    expect(await cli(['health'], { PORT: String(await freePort()) })).toMatchObject({
      code: 1,
      out: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('should not report success when nothing is left to wait for in the middle of a command', async () => {
    const neverAnswers = 'import http from "node:http"; http.get = () => new http.Agent();';

    expect(await cli(['health'], { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(neverAnswers)}` })).toMatchObject({
      code: 1,
    });
  });

  it('should find nothing wrong beside a running server, and say what is wrong with a bad configuration', async () => {
    expect(await cli(['doctor'], { DATA_DIR: baya.dataDir, PORT: String(baya.port) })).toMatchObject({
      code: 0,
      out: expect.stringContaining(`in use by process ${String(baya.pid)}`),
    });
    const wrong = await cli(['doctor'], { PORT: 'abc', ROLE: 'boss' });
    expect(wrong).toMatchObject({ code: 1, out: expect.stringMatching(/PORT[^]*ROLE|ROLE[^]*PORT/) });
  });

  it('should refuse to open a database that a server holds', async () => {
    expect(await cli(['dead-jobs', 'list'], { DATA_DIR: baya.dataDir })).toMatchObject({
      code: 1,
      out: expect.stringContaining('in use by process'),
    });
  });

  it('should do its work on a stopped installation', async () => {
    for (let i = 0; i < 6; i += 1)
      await expect(new Console(baya.base).signIn({ ...owner, password: 'wrong-pass1' })).rejects.toThrow('401');
    await expect(new Console(baya.base).signIn(owner)).rejects.toThrow('429');
    await baya.stop();
    const env = { DATA_DIR: baya.dataDir };

    expect(await cli(['migrate'], env)).toMatchObject({ code: 0, out: expect.stringContaining('up to date') });
    expect(await cli(['dead-jobs', 'list'], env)).toMatchObject({ code: 0, out: expect.stringContaining('No dead jobs') });
    expect(await cli(['reset-password', '--email', 'nobody@example.com'], env)).toMatchObject({
      code: 1,
      out: expect.stringContaining('no account'),
    });
    expect(await cli(['reset-password', '--email', owner.email, '--from', 'stdin'], env, 'short\n')).toMatchObject({ code: 1 });
    expect(await cli(['reset-password', '--email', owner.email, '--from', 'stdin'], env, 'An0ther-password\n')).toMatchObject({ code: 0 });
    const created = await cli(['create-key', '--app', appId], env);
    expect(created).toMatchObject({ code: 0, out: expect.stringMatching(/app-\w{24}/) });

    baya = await startBaya({ dataDir: baya.dataDir, env: { DEMO: 'false' } });
    await expect(new Console(baya.base).signIn(owner)).rejects.toThrow('401');
    await new Console(baya.base).signIn({ ...owner, password: 'An0ther-password' });
    const key = /app-\w+/.exec(created.out)?.[0];
    const response = await fetch(`${baya.base}/v1/parameters`, { headers: { authorization: `Bearer ${String(key)}` } });
    expect(response.status).toBe(200);
  });

  it('should take a workspace out of use, and only when told twice', async () => {
    await baya.stop();
    const env = { DATA_DIR: baya.dataDir, CACHE_TTL_SECONDS: '1' };

    expect(await cli(['delete-workspace', tenantId], env)).toMatchObject({ code: 2, out: expect.stringContaining('--yes') });
    expect(await cli(['delete-workspace', appId, '--yes'], env)).toMatchObject({
      code: 1,
      out: expect.stringContaining('no such workspace'),
    });
    expect(await cli(['delete-workspace', tenantId, '--yes'], env)).toMatchObject({ code: 0, out: expect.stringContaining('out of use') });

    const privateKey = join(baya.dataDir, 'privkeys', tenantId, 'private.pem');
    expect(existsSync(privateKey)).toBe(true);
    baya = await startBaya({ dataDir: baya.dataDir, env: { DEMO: 'false' } });
    await expect.poll(() => existsSync(privateKey), { timeout: 60_000 }).toBe(false);
  });
});
