import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AbortScope } from './abort-scope.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Work that only its signal can end, as a call to a vendor that does not answer. */
function endless(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve((signal.reason as Error).name), { once: true }));
}

describe('AbortScope', () => {
  it('should fire when its time is over although nothing but a listener is left of it', async () => {
    const stopping = new AbortController();
    const ended = endless(new AbortScope({ follow: [stopping.signal], afterMs: 200 }).signal);

    for (let i = 0; i < 5; i += 1) {
      await sleep(5);
      collect();
    }

    expect(await Promise.race([ended, sleep(5000).then(() => 'never')])).toBe('TimeoutError');
  });

  it('should fire with the reason of the signal it follows', () => {
    const source = new AbortController();
    const scope = new AbortScope({ follow: [undefined, source.signal] });

    source.abort(new Error('left'));

    expect(scope.signal.reason).toEqual(new Error('left'));
  });

  it('should be over at once when a followed signal has fired before', () => {
    const other = new AbortController();
    const scope = new AbortScope({ follow: [other.signal, AbortSignal.abort(new Error('late'))], afterMs: 1 });

    expect(scope.signal.reason).toEqual(new Error('late'));
    expect(getEventListeners(other.signal, 'abort')).toHaveLength(0);
  });

  it('should use the reason it was given for its time limit', async () => {
    const scope = new AbortScope({ afterMs: 1, reason: () => new Error('too slow') });

    await sleep(30);

    expect(scope.signal.reason).toEqual(new Error('too slow'));
  });

  it('should keep the first reason', () => {
    const source = new AbortController();
    const scope = new AbortScope({ follow: [source.signal] });

    scope.abort(new Error('first'));
    source.abort(new Error('second'));

    expect(scope.signal.reason).toEqual(new Error('first'));
  });

  it('should neither fire nor stay listed with what it followed once it has ended', async () => {
    const source = new AbortController();
    const scope = new AbortScope({ follow: [source.signal], afterMs: 5 });

    scope.end();
    await sleep(30);
    source.abort();

    expect(scope.signal.aborted).toBe(false);
    expect(getEventListeners(source.signal, 'abort')).toHaveLength(0);
  });
});
