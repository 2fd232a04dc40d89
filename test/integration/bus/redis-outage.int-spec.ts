import { LockLostError, RedisHealth } from '#platform/bus';
import { canStartRedis, type PrivateRedis, redisConfig, startPrivateRedis, until } from '../../support/redis.js';
import { type Node, redisNode } from './adapters.js';
import { collect, frames, ids, texts } from './streams.js';

/** Below the longest time that anything may wait for a Redis that does not answer. */
const BOUND_MS = 5000;

describe.runIf(canStartRedis)('a Redis that fails', () => {
  let redis: PrivateRedis;
  let first: Node;
  let second: Node;

  beforeEach(async () => {
    redis = await startPrivateRedis();
    const config = redisConfig(redis.url, { commandTimeoutMs: 300 });
    first = await redisNode(config, { streams: { keepMs: 60_000 } });
    second = await redisNode(config);
  });
  afterEach(async () => {
    redis.thaw();
    await Promise.all([first.close(), second.close()]);
    await redis.stop();
  });

  const backUp = (node: Node): Promise<void> =>
    until(
      async () =>
        node.bus.isConnected &&
        (await node.rateLimits.count('x').then(
          () => true,
          () => false,
        )),
      'the connection is back',
      15_000,
    );

  describe.each([
    {
      name: 'is frozen',
      fail: async (server: PrivateRedis) => server.freeze(),
      repair: async (server: PrivateRedis) => server.thaw(),
      keepsData: true,
    },
    {
      name: 'was killed',
      fail: (server: PrivateRedis) => server.kill(),
      repair: (server: PrivateRedis) => server.restart(),
      keepsData: false,
    },
  ])('because it $name', ({ fail, repair, keepsData }) => {
    it('should refuse commands with redis_unavailable in time, and serve again without a restart', async () => {
      await fail(redis);
      const began = Date.now();

      const outcomes = await Promise.allSettled([
        first.rateLimits.hit('k', { limit: 1, windowSeconds: 1 }),
        first.bus.publish('c', 1),
        first.locks.with('l', { ttlMs: 1000, waitMs: 0 }, async () => 1),
        first.runStreams.follow('r', { signal: new AbortController().signal }),
        new RedisHealth(first.connections!).check(),
      ]);
      expect(outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as { code: string }).code)).toEqual(
        Array(5).fill('redis_unavailable'),
      );
      expect(Date.now() - began).toBeLessThan(BOUND_MS);

      await repair(redis);
      await backUp(first);
      await expect(new RedisHealth(first.connections!).check()).resolves.toBeUndefined();
    });

    it('should not disturb a run nor its readers in the same process, and bring the rest to the others later', async () => {
      const writer = first.runStreams.open('run', 1);
      const here = collect(await first.runStreams.follow('run', { signal: new AbortController().signal }));
      const there = collect(await second.runStreams.follow('run', { signal: new AbortController().signal, isRunning: true }));
      writer.push(frames(1, 2));
      await until(async () => (await second.runStreams.follow('run', { signal: new AbortController().signal })) !== null, 'frames arrived');

      await fail(redis);
      writer.push(frames(3, 4));
      await new Promise((resolve) => setTimeout(resolve, 700));
      writer.push(frames(5, 5));
      writer.end();
      expect(texts(await here)).toEqual(frames(1, 5));

      await repair(redis);
      const outcome = await there.then(ids, (error: unknown) => (error as { code: string }).code);
      const whole = ['1-1', '1-2', '1-3', '1-4', '1-5'];
      // A killed server lost its part: a reader gets all frames or learns that some are missing, and never fewer as if that were all.
      expect(keepsData ? [whole] : [whole, 'stream_interrupted']).toContainEqual(outcome);
    });

    it('should deliver messages again and empty caches when it is back', async () => {
      const received: unknown[] = [];
      await second.bus.subscribe('news', (message) => received.push(message));
      await second.cache.get('app', 'a', async () => 'old');

      await fail(redis);
      await first.cache.invalidate('app', 'a');
      await until(() => !second.bus.isConnected, 'the outage is noticed', 15_000);
      await repair(redis);
      await Promise.all([backUp(first), backUp(second)]);

      await until(async () => (await second.cache.get('app', 'a', async () => 'new')) === 'new', 'the change is seen');
      await first.bus.publish('news', 'back');
      await until(() => received.includes('back'), 'the message arrived');
    });
  });

  it('should believe cache entries for a second only while no invalidation can arrive', async () => {
    await second.cache.get('app', 'a', async () => 'old');
    redis.freeze();
    await until(() => !second.bus.isConnected, 'the outage is noticed', 15_000);

    await until(async () => (await second.cache.get('app', 'a', async () => 'new')) === 'new', 'the entry was read anew', 3000);
  });

  it('should tell the holder of a lock when it may be lost', async () => {
    const reason = await first.locks.with('l', { ttlMs: 400, waitMs: 0 }, async (signal) => {
      redis.freeze();
      await until(() => signal.aborted, 'the signal fired', 5000);
      return signal.reason as unknown;
    });

    expect(reason).toBeInstanceOf(LockLostError);
  });

  it('should mark a stream broken whose backlog grew too large, and end its readers with an error', async () => {
    const small = await redisNode(redisConfig(redis.url, { commandTimeoutMs: 300, keyPrefix: 'small' }), {
      streams: { maxLagBytes: 1000 },
    });
    const other = await redisNode(redisConfig(redis.url, { commandTimeoutMs: 300, keyPrefix: 'small' }));
    const writer = small.runStreams.open('run', 1);
    writer.push(frames(1, 1));
    await until(async () => (await other.runStreams.follow('run', { signal: new AbortController().signal })) !== null, 'frames arrived');
    const reading = collect(await other.runStreams.follow('run', { signal: new AbortController().signal }));
    redis.freeze();
    for (let i = 2; i <= 60; i += 1) writer.push([`data: ${'x'.repeat(50)}\n\n`]);
    writer.end();
    redis.thaw();

    await expect(reading).rejects.toMatchObject({ code: 'stream_interrupted' });
    await Promise.all([small.close(), other.close()]);
  });

  it('should start without Redis and serve once it is there', async () => {
    await redis.kill();
    const late = await redisNode(redisConfig(redis.url, { commandTimeoutMs: 300 }));
    const received: unknown[] = [];
    await late.bus.subscribe('news', (message) => received.push(message));

    await redis.restart();
    await backUp(late);
    await late.bus.publish('news', 1);

    await until(() => received.length === 1, 'the message arrived');
    await late.close();
  });
});
