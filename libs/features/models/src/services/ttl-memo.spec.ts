import { TtlMemo } from './ttl-memo.js';

describe('TtlMemo', () => {
  const at = (start: number) => {
    const clock = { now: start };
    return { clock, read: () => clock.now };
  };

  it('should make a value once within its time and anew afterwards', async () => {
    const { clock, read } = at(0);
    const memo = new TtlMemo<number>(1000, 10, read);
    let made = 0;
    const make = async () => ++made;

    expect([await memo.get('a', make), await memo.get('a', make)]).toEqual([1, 1]);

    clock.now = 1000;
    expect(await memo.get('a', make)).toBe(2);
  });

  it('should share one making among callers at the same time', async () => {
    const memo = new TtlMemo<number>(1000, 10);
    let made = 0;
    const make = async () => ++made;

    expect(await Promise.all([memo.get('a', make), memo.get('a', make)])).toEqual([1, 1]);
  });

  it('should not keep a failure', async () => {
    const memo = new TtlMemo<number>(1000, 10);

    await expect(memo.get('a', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await memo.get('a', async () => 7)).toBe(7);
  });

  it('should drop the least recently used over the bound', async () => {
    const memo = new TtlMemo<string>(1000, 2);
    const make = (value: string) => async () => value;
    await memo.get('a', make('a1'));
    await memo.get('b', make('b1'));
    await memo.get('a', make('a2'));
    await memo.get('c', make('c1'));

    expect(memo.size).toBe(2);
    expect(await memo.get('a', make('a3'))).toBe('a1');
    expect(await memo.get('b', make('b2'))).toBe('b2');
  });
});
