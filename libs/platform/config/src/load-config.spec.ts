import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, DatabaseConfig, loadConfig, RedisConfig, ServerConfig } from './index.js';

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('loadConfig', () => {
  it('should take the defaults of the classes', () => {
    const config = loadConfig({});

    expect(config.get(ServerConfig)).toMatchObject({ port: 5001, host: '127.0.0.1', dataDir: '.data', role: 'all', demo: true });
    expect(config.get(DatabaseConfig).isExternal).toBe(false);
  });

  it('should name all problems at once', () => {
    const problems = problemsOf({ PORT: 'many', ROLE: 'king', DB_POOL_SIZE: '0' });

    expect(problems).toHaveLength(3);
    expect(problems.join()).toMatch(/PORT.*ROLE.*DB_POOL_SIZE/s);
  });

  it('should not print the value of a secret that is wrong', () => {
    expect(problemsOf({ ROLE: 'api', DATABASE_URL: 'postgres://u:hunter2@h/d' }).join()).not.toContain('hunter2');
  });

  it('should refuse a role of its own without Redis and say what to set', () => {
    expect(problemsOf({ ROLE: 'worker', DATABASE_URL: 'postgres://h/d' }).join()).toContain('REDIS_URL');
  });

  it('should refuse Redis beside the embedded database', () => {
    expect(problemsOf({ REDIS_URL: 'redis://h' }).join()).toContain('DATABASE_URL');
  });

  it('should read a secret from the file that its _FILE variable names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'baya-')), 'url');
    writeFileSync(file, 'postgres://h/d\n');

    expect(loadConfig({ DATABASE_URL_FILE: file }).get(DatabaseConfig).connectionString).toBe('postgres://h/d');
  });

  it('should make addresses out of the single variables of a Dify .env', () => {
    const config = loadConfig({
      DB_HOST: 'db',
      DB_PASSWORD: 'a/b',
      DB_DATABASE: 'dify',
      REDIS_HOST: 'r',
      REDIS_PASSWORD: 'p',
      REDIS_DB: '2',
      CELERY_BROKER_URL: 'x',
    });

    expect(config.get(DatabaseConfig).connectionString).toBe('postgres://postgres:a%2Fb@db:5432/dify');
    expect(config.get(RedisConfig).connectionString).toBe('redis://:p@r:6379/2');
    expect(config.unknown).toEqual(['CELERY_BROKER_URL']);
  });

  it('should list unknown variables of known families, and none that npm sets by itself', () => {
    expect(loadConfig({ INIT_PASWORD: 'x', INIT_CWD: '/somewhere', HOME: '/root' }).unknown).toEqual(['INIT_PASWORD']);
  });
});
