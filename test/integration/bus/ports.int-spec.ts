import { LockBusyError } from '#platform/bus';
import { until } from '../../support/redis.js';
import { type Adapter, adapters, type Node } from './adapters.js';

/** Takes a lock and keeps it until it is released; resolves once it is taken. */
async function hold(node: Node, key: string, ttlMs: number): Promise<{ release: () => void; ended: Promise<AbortSignal> }> {
  return new Promise((resolve, reject) => {
    const ended = node.locks.with(key, { ttlMs, waitMs: 0 }, async (signal) => {
      await new Promise<void>((release) =>
        resolve({
          release,
          get ended() {
            return ended;
          },
        }),
      );
      return signal;
    });
    ended.catch(reject);
  });
}

describe.each(adapters)('bus, locks and rate limits $name', (adapter: Adapter) => {
  let first: Node;
  let second: Node;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ first, second, close } = await adapter.start());
  });
  afterAll(() => close());

  describe('Bus', () => {
    it('should deliver a message to every subscriber of its channel, the publisher included', async () => {
      const received: unknown[] = [];
      await first.bus.subscribe('news', (message) => received.push(['first', message]));
      await second.bus.subscribe('news', (message) => received.push(['second', message]));
      await second.bus.subscribe('other', (message) => received.push(['other', message]));

      await first.bus.publish('news', { id: 1, text: 'é' });
      await until(() => received.length === 2, 'both heard it');

      expect(received.sort()).toEqual([
        ['first', { id: 1, text: 'é' }],
        ['second', { id: 1, text: 'é' }],
      ]);
    });

    it('should stop delivering to a handler that left, and go on with the others', async () => {
      const left: unknown[] = [];
      const stayed: unknown[] = [];
      const leave = await second.bus.subscribe('leaving', (message) => left.push(message));
      await second.bus.subscribe('leaving', (message) => stayed.push(message));
      await leave();

      await first.bus.publish('leaving', 'x');
      await until(() => stayed.length === 1, 'the other heard it');

      expect(left).toEqual([]);
    });

    it('should survive a handler that throws', async () => {
      const received: unknown[] = [];
      await second.bus.subscribe('faulty', () => {
        throw new Error('handler');
      });
      await second.bus.subscribe('faulty', (message) => received.push(message));

      await first.bus.publish('faulty', 1);

      await until(() => received.length === 1, 'the next handler heard it');
    });

    it('should hand out copies, so that no receiver changes what another one sees', async () => {
      const message = { list: [1] };
      const received: { list: number[] }[] = [];
      for (const node of [first, second]) {
        await node.bus.subscribe('copies', (copy) => {
          const own = copy as { list: number[] };
          own.list.push(received.length);
          received.push(own);
        });
      }

      await first.bus.publish('copies', message);
      await until(() => received.length === 2, 'both heard it');

      expect(message).toEqual({ list: [1] });
      expect(received.map((item) => item.list.length)).toEqual([2, 2]);
    });
  });

  describe('Locks', () => {
    it('should let one holder in at a time', async () => {
      let inside = 0;
      let most = 0;
      const work = async (): Promise<void> => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside -= 1;
      };

      await Promise.all([first, second, first, second, first].map((node) => node.locks.with('one', { ttlMs: 5000, waitMs: 10_000 }, work)));

      expect(most).toBe(1);
    });

    it('should refuse with lock_busy when the wait is over, and leave the lock to its holder', async () => {
      const { release, ended } = await hold(first, 'busy', 5000);

      await expect(second.locks.with('busy', { ttlMs: 5000, waitMs: 60 }, async () => 'in')).rejects.toBeInstanceOf(LockBusyError);
      await expect(second.locks.with('busy', { ttlMs: 5000, waitMs: 0 }, async () => 'in')).rejects.toMatchObject({
        code: 'lock_busy',
        status: 503,
      });
      release();
      await ended;

      await expect(second.locks.with('busy', { ttlMs: 5000, waitMs: 1000 }, async () => 'in')).resolves.toBe('in');
    });

    it('should release the lock when the work fails', async () => {
      await expect(
        first.locks.with('failing', { ttlMs: 5000, waitMs: 0 }, async () => {
          throw new Error('work');
        }),
      ).rejects.toThrow('work');

      await expect(second.locks.with('failing', { ttlMs: 5000, waitMs: 0 }, async () => 'in')).resolves.toBe('in');
    });

    it('should keep the lock beyond its time while the holder lives', async () => {
      const { release, ended } = await hold(first, 'renewed', 600);

      await expect(second.locks.with('renewed', { ttlMs: 600, waitMs: 1000 }, async () => 'in')).rejects.toBeInstanceOf(LockBusyError);
      release();

      expect((await ended).aborted).toBe(false);
    });
  });

  describe('RateLimits', () => {
    it('should allow as many hits as the limit says and tell when the window ends', async () => {
      const limit = { limit: 2, windowSeconds: 60 };

      const results = [
        await first.rateLimits.hit('k', limit),
        await second.rateLimits.hit('k', limit),
        await first.rateLimits.hit('k', limit),
      ];

      expect(results.map((result) => [result.allowed, result.count])).toEqual([
        [true, 1],
        [true, 2],
        [false, 3],
      ]);
      expect(results[2]?.resetSeconds).toBeGreaterThan(50);
      expect(results[2]?.resetSeconds).toBeLessThanOrEqual(60);
      expect(await second.rateLimits.count('k')).toBe(3);
    });

    it('should begin anew after the window and after a clear', async () => {
      await first.rateLimits.hit('short', { limit: 1, windowSeconds: 0.05 });
      await until(async () => (await first.rateLimits.count('short')) === 0, 'the window ended');
      expect(await first.rateLimits.hit('short', { limit: 1, windowSeconds: 5 })).toMatchObject({ allowed: true, count: 1 });

      await second.rateLimits.clear('short');

      expect(await first.rateLimits.count('short')).toBe(0);
    });

    it('should count every one of many hits at once', async () => {
      await Promise.all(
        Array.from({ length: 200 }, (_, i) => (i % 2 ? first : second).rateLimits.hit('many', { limit: 10, windowSeconds: 60 })),
      );

      expect(await first.rateLimits.count('many')).toBe(200);
    });
  });
});
