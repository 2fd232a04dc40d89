import { until } from '../../support/redis.js';
import { type Adapter, adapters, type Node } from './adapters.js';

/** A load that ends when the test says so. */
function heldLoad<T>(): { load: () => Promise<T>; finish: (value: T) => void; fail: (error: Error) => void; calls: number } {
  const held = { calls: 0, finish: (_: T) => undefined, fail: (_: Error) => undefined } as unknown as ReturnType<typeof heldLoad<T>>;
  const promise = new Promise<T>((resolve, reject) => {
    held.finish = resolve;
    held.fail = reject;
  });
  held.load = () => {
    held.calls += 1;
    return promise;
  };
  return held;
}

describe.each(adapters)('Cache $name', (adapter: Adapter) => {
  let first: Node;
  let second: Node;
  let close: () => Promise<void>;

  beforeEach(async () => {
    ({ first, second, close } = await adapter.start({ cache: { maxEntries: 3, maxBytes: 4000 } }));
  });
  afterEach(() => close());

  it('should load once and answer from memory afterwards', async () => {
    let loads = 0;
    const load = async (): Promise<number> => ++loads;

    expect([await first.cache.get('app', 'a', load), await first.cache.get('app', 'a', load)]).toEqual([1, 1]);
    expect(await first.cache.get('key', 'a', load)).toBe(2);
  });

  it('should share one load among all who ask meanwhile', async () => {
    const held = heldLoad<string>();
    const both = [first.cache.get('app', 'a', held.load), first.cache.get('app', 'a', held.load)];
    held.finish('value');

    expect(await Promise.all(both)).toEqual(['value', 'value']);
    expect(held.calls).toBe(1);
  });

  it('should not keep an error', async () => {
    await expect(first.cache.get('app', 'a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    await expect(
      first.cache.get('app', 'a', () => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');

    expect(await first.cache.get('app', 'a', async () => 'back')).toBe('back');
  });

  it('should keep null, which is an answer too', async () => {
    await first.cache.get('app', 'none', async () => null);

    expect(await first.cache.get<string | null>('app', 'none', async () => 'late')).toBeNull();
  });

  it('should forget in every process when one invalidates', async () => {
    let version = 1;
    const load = async (): Promise<number> => version;
    await Promise.all([first.cache.get('app', 'a', load), second.cache.get('app', 'a', load)]);
    version = 2;

    await first.cache.invalidate('app', 'a');

    expect(await first.cache.get('app', 'a', load)).toBe(2);
    await until(async () => (await second.cache.get('app', 'a', load)) === 2, 'the other process forgot');
  });

  it('should not store what a load brings that began before an invalidation', async () => {
    const old = heldLoad<string>();
    const early = first.cache.get('app', 'a', old.load);

    await first.cache.invalidate('app', 'a');
    const late = first.cache.get('app', 'a', async () => 'new');
    old.finish('old');

    expect(await early).toBe('old');
    expect(await late).toBe('new');
    expect(await first.cache.get('app', 'a', async () => 'newer')).not.toBe('old');
  });

  it('should let the least recently used entry go when there are too many', async () => {
    for (const key of ['a', 'b', 'c']) await first.cache.get('app', key, async () => key);
    await first.cache.get('app', 'a', async () => 'again');
    await first.cache.get('app', 'd', async () => 'd');

    expect(first.cache.stats().entries).toBe(3);
    expect(await first.cache.get('app', 'a', async () => 'loaded')).toBe('a');
    expect(await first.cache.get('app', 'b', async () => 'loaded')).toBe('loaded');
  });

  it('should stay within its bytes and not keep what is larger than all of it', async () => {
    for (const key of ['a', 'b', 'c']) await first.cache.get('app', key, async () => ({ text: key.repeat(1800) }));
    expect(first.cache.stats().bytes).toBeLessThanOrEqual(4000);
    expect(first.cache.stats().entries).toBe(2);

    await first.cache.get('app', 'huge', async () => 'x'.repeat(5000));
    expect(await first.cache.get('app', 'huge', async () => 'loaded')).toBe('loaded');
    first.cache.clear();
    expect(first.cache.stats()).toMatchObject({ entries: 0, bytes: 0 });
  });

  it('should read an entry anew when its time is over', async () => {
    const { cache, close: end } = await adapter
      .start({ cache: { ttlSeconds: 0.05 } })
      .then((nodes) => ({ cache: nodes.first.cache, close: nodes.close }));
    await cache.get('app', 'a', async () => 'old');

    await until(async () => (await cache.get('app', 'a', async () => 'new')) === 'new', 'the entry was read anew');
    await end();
  });
});
