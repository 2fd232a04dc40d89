import { isUuid, uuidv7, uuidv7Floor } from './ids.js';

describe('uuidv7', () => {
  it('should be a well-formed version 7 UUID', () => {
    const id = uuidv7();

    expect(isUuid(id)).toBe(true);
    expect(id[14]).toBe('7');
    expect('89ab').toContain(id[19]);
  });

  it('should grow strictly, also within one millisecond and when the clock steps back', () => {
    const now = Date.now() + 1000;
    const ids = Array.from({ length: 20_000 }, (_, i) => uuidv7(now - (i % 3) * 500));

    const sorted = [...ids].sort();

    expect(ids).toEqual(sorted);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('should not be under the floor of its own moment', () => {
    const now = Date.now() + 60_000;

    expect(uuidv7(now) >= uuidv7Floor(now)).toBe(true);
  });
});
