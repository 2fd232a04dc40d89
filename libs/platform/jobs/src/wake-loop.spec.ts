import { WakeLoop } from './wake-loop.js';

/** Lets promises that are ready run. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('WakeLoop', () => {
  let runs: number;
  let held: (() => void)[];
  let loop: WakeLoop;
  let failures: unknown[];

  beforeEach(() => {
    vi.useFakeTimers();
    runs = 0;
    held = [];
    failures = [];
    loop = new WakeLoop(
      () => {
        runs += 1;
        return new Promise((resolve) => held.push(resolve));
      },
      (error) => failures.push(error),
    );
  });
  afterEach(() => vi.useRealTimers());

  const finish = async (): Promise<void> => {
    held.shift()?.();
    await settle();
  };

  it('should run one at a time, and once more for any number of wake-ups meanwhile', async () => {
    loop.wake();
    loop.wake();
    loop.wake();
    expect(runs).toBe(1);

    await finish();
    expect(runs).toBe(2);

    await finish();
    expect(runs).toBe(2);
  });

  it('should wake at every time that was set', async () => {
    loop.wakeIn(300);
    loop.wakeIn(20);

    await vi.advanceTimersByTimeAsync(40);
    expect(runs).toBe(1);
    await finish();
    await vi.advanceTimersByTimeAsync(200);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(100);

    expect(runs).toBe(2);
  });

  it('should rest anew whenever it is told to', async () => {
    loop.restFor(100);
    await vi.advanceTimersByTimeAsync(90);
    loop.restFor(100);
    await vi.advanceTimersByTimeAsync(90);
    expect(runs).toBe(0);

    await vi.advanceTimersByTimeAsync(20);

    expect(runs).toBe(1);
  });

  it('should go on after a failure', async () => {
    const failing = new WakeLoop(
      () => Promise.reject(new Error('work')),
      (error) => failures.push(error),
    );
    failing.wake();
    await settle();
    failing.wake();
    await settle();

    expect(failures).toHaveLength(2);
  });

  it('should end with the work under way when it is stopped', async () => {
    loop.wake();
    loop.wake();
    loop.wakeIn(10);
    let isStopped = false;
    const stopping = loop.stop().then(() => (isStopped = true));
    await settle();
    expect(isStopped).toBe(false);

    await finish();
    await stopping;
    await vi.advanceTimersByTimeAsync(100);

    expect(runs).toBe(1);
  });
});
