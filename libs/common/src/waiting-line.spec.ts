import { describe, expect, it } from 'vitest';
import { WaitingLine } from './waiting-line.js';

describe('WaitingLine', () => {
  it('should serve who came first, and say when nobody waits', async () => {
    const line = new WaitingLine<string>();
    const [first, second] = [line.wait(), line.wait()];

    expect([line.serve('a'), line.serve('b'), line.serve('c')]).toEqual([true, true, false]);
    expect([await first, await second, line.length]).toEqual(['a', 'b', 0]);
  });

  it('should send away whose signal fires or whose patience is over, and nobody else', async () => {
    const line = new WaitingLine<string>();
    const controller = new AbortController();
    const ends = Promise.allSettled([
      line.wait(controller.signal),
      line.wait(undefined, { ms: 1, refusal: () => new Error('late') }),
      line.wait(),
    ]);

    controller.abort('left');
    await expect.poll(() => line.length).toBe(1);
    line.refuseAll(new Error('closed'));

    expect((await ends).map((end) => (end.status === 'rejected' ? end.reason : end))).toEqual([
      new Error('left'),
      new Error('late'),
      new Error('closed'),
    ]);
    expect(line.length).toBe(0);
  });
});
