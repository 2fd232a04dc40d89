import { TimeLimit } from './time-limit.js';

/** A clock that goes on by what is slept, with timers as Node has them: one that is to wait longer than they can fires at once. */
function sleeper() {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    clock: { now: () => now },
    sleep: (ms: number) => {
      slept.push(ms);
      now += ms > 2 ** 31 - 1 ? 1 : ms;
      return Promise.resolve();
    },
  };
}

describe('TimeLimit', () => {
  it('should wait for a limit that is longer than timers can wait', async () => {
    const ports = sleeper();
    const reasons: string[] = [];
    const days60 = 60 * 24 * 3600;
    new TimeLimit(ports, days60, (reason) => reasons.push(reason)).watch(0);
    await new Promise(setImmediate);

    expect(reasons).toEqual(['Aborted: Maximum execution time exceeded: 5184000.00s > 5184000s']);
    expect(ports.slept).toHaveLength(3);
    expect(Math.max(...ports.slept)).toBeLessThan(2 ** 31);
  });
});
