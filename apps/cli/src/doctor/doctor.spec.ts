import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseConfig, MailConfig, RedisConfig, SecurityConfig, ServerConfig } from '#platform/config';
import { inspectDataDirectory, inspectSecretKey } from './data-directory.js';
import { inspectEmbedded, inspectPostgres } from './database.js';
import { inspectMail } from './mail.js';
import { inspectPort } from './port.js';
import { inspectRedis } from './redis.js';

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('doctor', () => {
  it('should say what to do when PostgreSQL does not answer', async () => {
    const config = Object.assign(new DatabaseConfig(), { url: `postgres://nobody@127.0.0.1:${String(await closedPort())}/x` });

    const findings = [];
    for await (const finding of inspectPostgres(config)) findings.push(finding);

    expect(findings).toEqual([
      { state: 'bad', what: 'PostgreSQL', found: expect.stringContaining('ECONNREFUSED'), advice: expect.stringContaining('DATABASE_URL') },
    ]);
  });

  it('should say what to do when Redis does not answer', async () => {
    const config = Object.assign(new RedisConfig(), { url: `redis://127.0.0.1:${String(await closedPort())}` });

    await expect(inspectRedis(config)).resolves.toMatchObject({
      state: 'bad',
      found: expect.stringContaining('ECONNREFUSED'),
      advice: expect.stringContaining('REDIS_URL'),
    });
  });

  it('should say what to do when the mail server does not answer, and where mails go without one', async () => {
    const server = new ServerConfig();
    const smtp = Object.assign(new MailConfig(), { type: 'smtp', smtpServer: '127.0.0.1', smtpPort: await closedPort() });

    await expect(inspectMail(smtp, server)).resolves.toMatchObject({
      state: 'bad',
      found: expect.stringContaining('ECONNREFUSED'),
      advice: expect.stringContaining('SMTP_SERVER'),
    });
    await expect(inspectMail(new MailConfig(), server)).resolves.toMatchObject({
      state: 'good',
      found: expect.stringContaining('not set up'),
    });
  });

  it('should tell a taken port from a free one', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };

    await expect(inspectPort(Object.assign(new ServerConfig(), { port }))).resolves.toMatchObject({
      state: 'bad',
      advice: expect.stringContaining('PORT'),
    });
    await new Promise((resolve) => server.close(resolve));
    await expect(inspectPort(Object.assign(new ServerConfig(), { port }))).resolves.toMatchObject({ state: 'good' });
  });

  it('should be content with a data directory that does not exist yet', () => {
    const parent = mkdtempSync(join(tmpdir(), 'baya-doctor-'));
    const dataDir = join(parent, 'not', 'there');

    expect([...inspectDataDirectory(dataDir)][0]).toMatchObject({ state: 'good', found: expect.stringContaining('first start') });
    expect(inspectSecretKey(new SecurityConfig(), dataDir)).toMatchObject({ state: 'good' });
    expect(inspectEmbedded(dataDir)).toMatchObject({ state: 'good', found: expect.stringContaining('first start') });
    rmSync(parent, { recursive: true });
  });
});
