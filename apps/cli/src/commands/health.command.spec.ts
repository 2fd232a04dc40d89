import { loadConfig } from '#platform/config';
import { healthAddressOf } from './health.command.js';

describe('healthAddressOf', () => {
  const WORKER = { ROLE: 'worker', SECRET_KEY: 'a secret of these tests', DATABASE_URL: 'postgres://db/baya', REDIS_URL: 'redis://redis' };

  it.each([
    ['the API', {}, 'http://127.0.0.1:5001/health'],
    ['an API on every address', { HOST: '0.0.0.0', PORT: '80' }, 'http://127.0.0.1:80/health'],
    ['a worker', { ...WORKER, METRICS_PORT: '9090' }, 'http://127.0.0.1:9090/health'],
    ['a worker on an address', { ...WORKER, METRICS_PORT: '9090', METRICS_HOST: '10.0.0.1' }, 'http://10.0.0.1:9090/health'],
  ])('should be that of %s', (_, env, address) => {
    expect(healthAddressOf(loadConfig(env))).toBe(address);
  });

  it('should say what a worker without a port needs', () => {
    expect(() => healthAddressOf(loadConfig(WORKER))).toThrow('METRICS_PORT');
  });
});
