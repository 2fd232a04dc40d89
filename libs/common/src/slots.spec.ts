import { describe, expect, it } from 'vitest';
import { SlotMap } from './slot-map.js';
import { Slots } from './slots.js';

describe('Slots', () => {
  it('should give a place back to whoever comes next', () => {
    const slots = new Slots<string>();
    const first = slots.add('a');
    const second = slots.add('b');
    slots.remove(first);
    expect([...slots]).toEqual(['b']);
    expect(slots.size).toBe(1);
    expect(slots.add('c')).toBe(first);
    slots.replace(second, 'd');
    expect([slots.at(first), slots.at(second)]).toEqual(['c', 'd']);
    expect(slots.size).toBe(2);
  });
});

describe('SlotMap', () => {
  it('should behave as a Map of names', () => {
    const map = new SlotMap<{ n: number }>();
    const same = new Map<string, { n: number }>();
    for (let n = 0; n < 500; n += 1) {
      const key = String((n * 37) % 61);
      if (n % 3 === 0) expect(map.delete(key)).toBe(same.delete(key));
      else {
        map.set(key, { n });
        same.set(key, { n });
      }
      expect(map.size).toBe(same.size);
      expect(map.has(key)).toBe(same.has(key));
      expect(map.get(key)).toEqual(same.get(key));
    }
    expect([...map.entries()]).toEqual([...same]);
    expect([...map.keys()]).toEqual([...same.keys()]);
    expect([...map.values()]).toEqual([...same.values()]);
  });

  it('should let entries be deleted while it is read', () => {
    const map = new SlotMap<{ n: number }>();
    for (let n = 0; n < 10; n += 1) map.set(String(n), { n });
    const seen: number[] = [];
    for (const [key, { n }] of map.entries()) {
      seen.push(n);
      map.delete(key);
      map.delete(String(n + 1));
    }
    expect(seen).toEqual([0, 2, 4, 6, 8]);
    expect(map.size).toBe(0);
  });
});
