import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RedisConfig } from '#platform/config';

const BINARY = '/usr/bin/redis-server';

/** The Redis the tests were given; suites on Redis are left out without one. */
export const testRedisUrl = process.env.TEST_REDIS_URL;

/** Whether a Redis of its own can be started, for tests that stop it. */
export const canStartRedis = existsSync(BINARY);

/** Configuration of a Redis with a key space of its own, so that files running side by side do not meet. */
export function redisConfig(url: string, overrides: Partial<RedisConfig> = {}): RedisConfig {
  return Object.assign(new RedisConfig(), { url, keyPrefix: `test-${String(process.pid)}-${String(Math.random()).slice(2)}` }, overrides);
}

/** A Redis that belongs to one test. */
export interface PrivateRedis {
  url: string;
  /** Freezes it: connections stay, nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis on a free port. */
export async function startPrivateRedis(): Promise<PrivateRedis> {
  const directory = mkdtempSync(join(tmpdir(), 'baya-redis-'));
  const port = await freePort();
  let child = await launch(port, directory);
  const ended = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return {
    url: `redis://127.0.0.1:${String(port)}/0`,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill: async () => {
      child.kill('SIGKILL');
      await ended();
    },
    restart: async () => {
      child = await launch(port, directory);
    },
    stop: async () => {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, directory: string): Promise<ChildProcess> {
  const child = spawn(BINARY, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${String(code)}`)));
    child.stdout?.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve();
    });
  });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Waits until a condition holds; fails with the last state after ten seconds. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await sleep(10);
  }
}
