import { approximateBytes } from './approximate-bytes.js';

describe('approximateBytes', () => {
  it('should grow with texts, fields and items, wherever they lie', () => {
    expect(approximateBytes('x'.repeat(1000))).toBeGreaterThan(1000);
    expect(approximateBytes({ a: { b: ['x'.repeat(1000)] } })).toBeGreaterThan(1000);
    expect(approximateBytes(new Map([['k', 'x'.repeat(1000)]]))).toBeGreaterThan(1000);
    expect(approximateBytes(new Set(['x'.repeat(1000)]))).toBeGreaterThan(1000);
    expect(approximateBytes(Buffer.alloc(1000))).toBeLessThan(1200);
    expect(approximateBytes([1, 2, 3])).toBeGreaterThan(approximateBytes([1]));
    expect(approximateBytes(null)).toBeLessThan(100);
  });

  it('should count what is shared once and end with cycles', () => {
    const text = { text: 'x'.repeat(1000) };
    const cycle: { self?: unknown; list: unknown[] } = { list: [text, text, text] };
    cycle.self = cycle;

    expect(approximateBytes(cycle)).toBeLessThan(1500);
  });

  it('should estimate what is too large to walk', () => {
    const large = Array.from({ length: 100_000 }, () => 'x'.repeat(10));

    expect(approximateBytes(large)).toBeGreaterThan(1_000_000);
  });
});
