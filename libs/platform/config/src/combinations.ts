import { DatabaseConfig } from './areas/database.config.js';
import { RedisConfig } from './areas/redis.config.js';
import { ServerConfig } from './areas/server.config.js';
import type { LoadedConfig } from './load-config.js';

/** What is fine field by field and yet can't run (architecture, "Two ways to run"). */
export function findCombinationProblems(config: LoadedConfig): string[] {
  const problems: string[] = [];
  const { role } = config.get(ServerConfig);
  const redis = config.get(RedisConfig).isConfigured;
  const external = config.get(DatabaseConfig).isExternal;
  if (role !== 'all' && !redis) problems.push(`ROLE=${role} needs several processes to speak with each other: set REDIS_URL, or leave ROLE unset to run everything in one process`);
  if (!external && redis) problems.push('REDIS_URL is for several processes on one PostgreSQL: set DATABASE_URL too, or leave REDIS_URL unset to run everything embedded');
  return problems;
}
