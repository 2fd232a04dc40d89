import { setTimeout as sleep } from 'node:timers/promises';
import { AbortSwitch } from './abort-switch.js';

describe('AbortSwitch', () => {
  it('should tell its listeners once, with the first reason', () => {
    const signal = new AbortSwitch();
    const heard: unknown[] = [];
    signal.onabort = (event) => heard.push(event.target === signal ? 'onabort' : event.target);
    signal.addEventListener('abort', (event) => heard.push((event.target as AbortSwitch).reason));

    signal.abort('first');
    signal.abort('second');

    expect(heard).toEqual(['first', 'onabort']);
    expect([signal.aborted, signal.reason]).toEqual([true, 'first']);
  });

  it('should not tell a listener that was removed', () => {
    const signal = new AbortSwitch();
    const listener = vi.fn();
    signal.addEventListener('abort', listener, { once: true });
    signal.removeEventListener('abort', listener);

    signal.abort();

    expect(listener).not.toHaveBeenCalled();
  });

  it('should throw its reason, by default an AbortError, once it has fired', () => {
    const signal = new AbortSwitch();
    expect(() => signal.throwIfAborted()).not.toThrow();

    signal.abort();

    expect(() => signal.throwIfAborted()).toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
  });

  it('should be taken by what takes a signal in Node', async () => {
    const signal = new AbortSwitch();
    const sleeping = sleep(60_000, undefined, { signal });

    signal.abort(new Error('enough'));

    await expect(sleeping).rejects.toMatchObject({ name: 'AbortError', cause: signal.reason });
  });

  it('should take many listeners without a warning', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    const signal = new AbortSwitch();
    for (let count = 0; count < 20; count += 1) signal.addEventListener('abort', () => count);
    await sleep(1);
    process.off('warning', warned);

    expect(warned).not.toHaveBeenCalled();
  });
});
