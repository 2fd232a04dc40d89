import { Redis } from 'ioredis';
import type { RedisConfig } from '#platform/config';
import { bad, type Finding, good, warning, wordsOf } from './finding.js';

const DEADLINE_MS = 3000;
const OLDEST = { major: 6, minor: 2 };

/** Redis, when one is configured: reachable, new enough, and keeping what jobs need. */
export async function inspectRedis(config: RedisConfig): Promise<Finding> {
  const { connectionString } = config;
  if (connectionString === undefined) return good('Redis', 'none is configured; one process does without');
  const redis = new Redis(connectionString, {
    lazyConnect: true,
    connectTimeout: DEADLINE_MS,
    commandTimeout: DEADLINE_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  let reason: unknown = null;
  redis.on('error', (error) => (reason ??= error));
  try {
    await redis.connect();
    const info = await redis.info();
    return judge(/^redis_version:(\S+)/m.exec(info)?.[1] ?? '', /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction');
  } catch (error) {
    return bad('Redis', wordsOf(reason ?? error), 'Start it, or correct REDIS_URL (REDIS_HOST, REDIS_PORT, REDIS_PASSWORD, REDIS_DB).');
  } finally {
    redis.disconnect();
  }
}

function judge(version: string, policy: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor))
    return bad('Redis', `version ${version}`, `Use Redis ${OLDEST.major}.${OLDEST.minor} or newer.`);
  if (policy !== 'noeviction')
    return warning(
      'Redis',
      `version ${version}, maxmemory-policy ${policy}`,
      'Set maxmemory-policy noeviction: evicted keys are lost jobs.',
    );
  return good('Redis', `version ${version}`);
}
