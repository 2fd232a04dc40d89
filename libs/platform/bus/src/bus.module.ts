import { Global, Module, type Provider } from '@nestjs/common';
import { RunStreamConfig } from '#platform/config';
import { Sql } from '#platform/database';
import { Bus } from './bus.port.js';
import { Cache } from './cache/cache.js';
import { DatabaseExpiringStore } from './database/database.expiring-store.js';
import { ExpiringStore } from './expiring-store.port.js';
import { Locks } from './locks.port.js';
import { MemoryBus } from './memory/memory.bus.js';
import { MemoryLocks } from './memory/memory.locks.js';
import { MemoryRateLimits } from './memory/memory.rate-limits.js';
import { RateLimits } from './rate-limits.port.js';
import { RedisConnections } from './redis/redis-connections.js';
import { RedisHealth } from './redis/redis-health.js';
import { RedisBus } from './redis/redis.bus.js';
import { RedisExpiringStore } from './redis/redis.expiring-store.js';
import { RedisLocks } from './redis/redis.locks.js';
import { RedisRateLimits } from './redis/redis.rate-limits.js';
import { MemoryRunStreams } from './streams/memory.run-streams.js';
import { RedisRunStreams } from './streams/redis.run-streams.js';
import { RunStreams } from './streams/run-streams.port.js';

/** Each port with its adapter: Redis where one is configured, this process (and its database) where not. */
const ports: Provider[] = [
  {
    provide: Bus,
    inject: [RedisConnections],
    useFactory: (redis: RedisConnections) => (redis.isConfigured ? new RedisBus(redis) : new MemoryBus()),
  },
  {
    provide: Locks,
    inject: [RedisConnections],
    useFactory: (redis: RedisConnections) => (redis.isConfigured ? new RedisLocks(redis) : new MemoryLocks()),
  },
  {
    provide: RateLimits,
    inject: [RedisConnections],
    useFactory: (redis: RedisConnections) => (redis.isConfigured ? new RedisRateLimits(redis) : new MemoryRateLimits()),
  },
  {
    provide: ExpiringStore,
    inject: [RedisConnections, Sql],
    useFactory: (redis: RedisConnections, sql: Sql) =>
      redis.isConfigured ? new RedisExpiringStore(redis) : new DatabaseExpiringStore(sql),
  },
  {
    provide: RunStreams,
    inject: [RedisConnections, Bus, RunStreamConfig],
    useFactory: (redis: RedisConnections, bus: Bus, config: RunStreamConfig) =>
      bus instanceof RedisBus ? new RedisRunStreams(redis, bus, config) : new MemoryRunStreams(config),
  },
];

/** Where processes meet: messages, locks, caches, limits, one-time values and the streams of runs. */
@Global()
@Module({
  providers: [RedisConnections, RedisHealth, ...ports, Cache],
  exports: [RedisConnections, RedisHealth, Bus, Locks, RateLimits, ExpiringStore, RunStreams, Cache],
})
export class BusModule {}
