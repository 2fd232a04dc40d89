import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext, type LoggerService, Module, type ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import pg from 'pg';
import { BusModule } from '#platform/bus';
import { ConfigModule, loadConfig } from '#platform/config';
import { DatabaseModule } from '#platform/database';
import { JobsModule, JobsWorkerModule } from '#platform/jobs';
import { migrations } from '#migrations';
import { testRedisUrl } from './redis.js';

/** What is logged here are the failures that tests cause on purpose. */
const silent: LoggerService = { log: () => undefined, warn: () => undefined, error: () => undefined };

export const testDatabaseUrl = process.env.TEST_DATABASE_URL;

/** Fast enough for tests, slow enough not to be what makes them pass: signals must do the work. */
const SETTINGS = { JOBS_POLL_MS: '1000', JOBS_DRAIN_MS: '500', REDIS_COMMAND_TIMEOUT_MS: '500' };

/** One way to run the program: a database, and a Redis or none. */
export interface System {
  name: string;
  hasRedis: boolean;
  open(): Promise<OpenSystem>;
}

/** A system with a database of its own, on which processes are started. */
export interface OpenSystem {
  /** Starts a process with the given parts. `api` leaves the worker out. */
  start(parts: ModuleMetadata, options?: { api?: boolean; env?: Record<string, string> }): Promise<INestApplicationContext>;
  /** Ends all processes and removes the data. */
  close(): Promise<void>;
}

/** A process made of the real modules. */
export async function startProcess(env: Record<string, string>, parts: ModuleMetadata, isApi = false): Promise<INestApplicationContext> {
  @Module({
    ...parts,
    imports: [
      ConfigModule.forRoot(loadConfig(env)),
      DatabaseModule.forRoot({ entities: [], migrations }),
      BusModule,
      JobsModule,
      ...(isApi ? [] : [JobsWorkerModule]),
      ...(parts.imports ?? []),
    ],
  })
  class ProcessModule {}
  const process = await Test.createTestingModule({ imports: [ProcessModule] })
    .setLogger(silent)
    .compile();
  try {
    return await process.init();
  } catch (error) {
    await process.close();
    throw error;
  }
}

function opened(env: Record<string, string>, remove: () => Promise<void>): OpenSystem {
  const processes: INestApplicationContext[] = [];
  return {
    start: async (parts, options = {}) => {
      const process = await startProcess({ ...SETTINGS, ...env, ...options.env }, parts, options.api);
      processes.push(process);
      return process;
    },
    close: async () => {
      await Promise.all(processes.map((process) => process.close()));
      await remove();
    },
  };
}

/** A database of its own on the server the tests were given. */
async function createDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const onServer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await onServer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}

const embedded: System = {
  name: 'embedded',
  hasRedis: false,
  open: async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'baya-system-'));
    return opened({ DATA_DIR: dataDir }, async () => rmSync(dataDir, { recursive: true, force: true }));
  },
};

/** A system on a new database of that server. */
export async function openOnPostgres(server: string, redisUrl?: string): Promise<OpenSystem> {
  const database = await createDatabase(server);
  const redis: Record<string, string> =
    redisUrl === undefined ? {} : { REDIS_URL: redisUrl, REDIS_KEY_PREFIX: `test-${randomBytes(6).toString('hex')}` };
  return opened({ DATABASE_URL: database.url, ...redis }, () => database.drop());
}

function onPostgres(server: string, redisUrl?: string): System {
  const hasRedis = redisUrl !== undefined;
  return { name: hasRedis ? 'PostgreSQL and Redis' : 'PostgreSQL', hasRedis, open: () => openOnPostgres(server, redisUrl) };
}

/** Every way to run that can be tested here. */
export const systems: System[] = [
  embedded,
  ...(testDatabaseUrl === undefined ? [] : [onPostgres(testDatabaseUrl)]),
  ...(testDatabaseUrl === undefined || testRedisUrl === undefined ? [] : [onPostgres(testDatabaseUrl, testRedisUrl)]),
];
