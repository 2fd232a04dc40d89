import { Logger } from '@nestjs/common';
import { CacheConfig, RedisConfig, RunStreamConfig } from '#platform/config';
import {
  type Bus,
  Cache,
  type Locks,
  MemoryBus,
  MemoryLocks,
  MemoryRateLimits,
  MemoryRunStreams,
  type RateLimits,
  RedisBus,
  RedisConnections,
  RedisLocks,
  RedisRateLimits,
  RedisRunStreams,
  type RunStreams,
} from '#platform/bus';
import { redisConfig, testRedisUrl } from '../../support/redis.js';

Logger.overrideLogger(false);

/** What one process has of the bus area. */
export interface Node {
  bus: Bus;
  locks: Locks;
  rateLimits: RateLimits;
  runStreams: RunStreams;
  cache: Cache;
  connections: RedisConnections | null;
  close(): Promise<void>;
}

/** An adapter and how its processes are made. `second` is another process of the same system; in memory there is but one. */
export interface Adapter {
  name: string;
  start(overrides?: Overrides): Promise<{ first: Node; second: Node; close(): Promise<void> }>;
}

/** Settings that a test changes. */
export interface Overrides {
  streams?: Partial<RunStreamConfig>;
  cache?: Partial<CacheConfig>;
  redis?: Partial<RedisConfig>;
}

/** A process on Redis. */
export async function redisNode(config: RedisConfig, overrides: Overrides = {}): Promise<Node> {
  const connections = new RedisConnections(config);
  const bus = new RedisBus(connections);
  const runStreams = new RedisRunStreams(connections, bus, Object.assign(new RunStreamConfig(), overrides.streams));
  const cache = new Cache(bus, Object.assign(new CacheConfig(), overrides.cache));
  await connections.onModuleInit();
  await bus.onModuleInit();
  await cache.onModuleInit();
  return {
    bus,
    locks: new RedisLocks(connections),
    rateLimits: new RedisRateLimits(connections),
    runStreams,
    cache,
    connections,
    close: () => connections.onApplicationShutdown(),
  };
}

async function memoryNode(overrides: Overrides): Promise<Node> {
  const bus = new MemoryBus();
  const runStreams = new MemoryRunStreams(Object.assign(new RunStreamConfig(), overrides.streams));
  const cache = new Cache(bus, Object.assign(new CacheConfig(), overrides.cache));
  await cache.onModuleInit();
  return {
    bus,
    locks: new MemoryLocks(),
    rateLimits: new MemoryRateLimits(),
    runStreams,
    cache,
    connections: null,
    close: async () => runStreams.onApplicationShutdown(),
  };
}

/** Two processes on one Redis. */
function onRedis(url: string): Adapter {
  return {
    name: 'on Redis',
    start: async (overrides = {}) => {
      const config = redisConfig(url, overrides.redis);
      const [first, second] = [await redisNode(config, overrides), await redisNode(config, overrides)];
      return {
        first,
        second,
        close: async () => {
          await Promise.all([first.close(), second.close()]);
        },
      };
    },
  };
}

/** Every adapter that can be tested here. */
export const adapters: Adapter[] = [
  {
    name: 'in memory',
    start: async (overrides = {}) => {
      const node = await memoryNode(overrides);
      return { first: node, second: node, close: () => node.close() };
    },
  },
  ...(testRedisUrl === undefined ? [] : [onRedis(testRedisUrl)]),
];
