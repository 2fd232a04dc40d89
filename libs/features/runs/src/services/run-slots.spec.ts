import { TooManyRunsError } from '../runs.errors.js';
import { RunSlots } from './run-slots.js';

describe('RunSlots', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('should let in as many as there are places and hand a freed place to the first who waits', async () => {
    const slots = new RunSlots(1, 1000);
    const leave = await slots.enter();
    const order: string[] = [];
    const first = slots.enter().then((release) => {
      order.push('first');
      release();
    });

    leave();
    await first;
    (await slots.enter())();

    expect(order).toEqual(['first']);
  });

  it('should refuse who has waited too long and keep nothing of him', async () => {
    const slots = new RunSlots(1, 1000);
    const leave = await slots.enter();
    const late = expect(slots.enter()).rejects.toBeInstanceOf(TooManyRunsError);

    await vi.advanceTimersByTimeAsync(1001);
    await late;
    leave();

    await expect(slots.enter()).resolves.toBeTypeOf('function');
  });

  it('should refuse at once when as many wait as may run', async () => {
    const slots = new RunSlots(1, 1000);
    await slots.enter();
    void slots.enter().catch(() => undefined);

    await expect(slots.enter()).rejects.toBeInstanceOf(TooManyRunsError);
  });

  it('should count a place that is given back twice once', async () => {
    const slots = new RunSlots(1, 10);
    const leave = await slots.enter();
    leave();
    leave();
    await slots.enter();

    const second = expect(slots.enter()).rejects.toBeInstanceOf(TooManyRunsError);
    await vi.advanceTimersByTimeAsync(11);
    await second;
  });
});
