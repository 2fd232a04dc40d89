import { isDeeperThan, storableText } from './json.js';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = [value];
  return value;
}

describe('isDeeperThan', () => {
  it.each([
    [199, false],
    [200, false],
    [201, true],
    [100_000, true],
  ])('should judge a depth of %i against 200', (depth, expected) => {
    expect(isDeeperThan(nested(depth), 200)).toBe(expected);
  });
});

describe('storableText', () => {
  it('should drop NUL and replace lone surrogates', () => {
    expect(storableText('a\u0000b\ud800c')).toBe('ab\ufffdc');
  });

  it('should keep well-formed text as it is', () => {
    expect(storableText('日本 😀')).toBe('日本 😀');
  });
});
