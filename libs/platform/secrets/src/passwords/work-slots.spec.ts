import { WorkSlots } from './work-slots.js';

/** Works that end when they are told to, and note which run. */
function works() {
  const running: number[] = [];
  const ends = new Map<number, () => void>();
  const start = (slots: WorkSlots, id: number): Promise<number> =>
    slots.run(async () => {
      running.push(id);
      await new Promise<void>((resolve) => ends.set(id, resolve));
      running.splice(running.indexOf(id), 1);
      return id;
    });
  return { running, start, end: (id: number) => ends.get(id)?.() };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('WorkSlots', () => {
  const busy = () => new Error('busy');

  it('should run as many at a time as there are slots and the rest in order', async () => {
    const slots = new WorkSlots(2, 10, busy);
    const { running, start, end } = works();
    const results = [1, 2, 3, 4].map((id) => start(slots, id));
    await settle();
    expect(running).toEqual([1, 2]);

    end(2);
    await settle();
    expect(running).toEqual([1, 3]);
    end(1);
    await settle();
    expect(running).toEqual([3, 4]);
    end(3);
    end(4);

    expect(await Promise.all(results)).toEqual([1, 2, 3, 4]);
  });

  it('should refuse what finds no place to wait, and take work again afterwards', async () => {
    const slots = new WorkSlots(1, 1, busy);
    const { start, end } = works();
    const [first, second] = [start(slots, 1), start(slots, 2)];

    await expect(start(slots, 3)).rejects.toThrow('busy');

    end(1);
    await settle();
    end(2);
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(await slots.run(async () => 'free')).toBe('free');
  });

  it('should free the slot of a work that fails', async () => {
    const slots = new WorkSlots(1, 0, busy);

    await expect(slots.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');

    expect(await slots.run(async () => 'free')).toBe('free');
  });
});
