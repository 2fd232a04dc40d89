import { Decimal } from './decimal.js';

describe('Decimal', () => {
  it.each([
    ['0', '0'],
    ['-0.50', '-0.50'],
    ['12.', '12'],
    ['.5', '0.5'],
    ['1E-7', '0.0000001'],
    ['2e3', '2000'],
    ['123456789012345678901234567890.1', '123456789012345678901234567890.1'],
  ])('should read %s and write %s', (text, written) => {
    expect(Decimal.from(text).toString()).toBe(written);
  });

  it.each(['', '.', 'abc', '1,5', 'NaN', 'Infinity', '1e', '1e9999', ' 1'])('should refuse %j', (text) => {
    expect(() => Decimal.from(text)).toThrow(RangeError);
  });

  it('should add without the error of floating point', () => {
    expect(Decimal.from('0.1').plus(Decimal.from(0.2)).toString()).toBe('0.3');
  });

  it.each([
    ['0.00000005', 7, '0.0000001'],
    ['0.00000004999', 7, '0.0000000'],
    ['-0.00000005', 7, '-0.0000001'],
    ['2.5', 0, '3'],
    ['2', 3, '2.000'],
  ])('should round %s to %i digits as %s', (text, scale, rounded) => {
    expect(Decimal.from(text).round(scale).toString()).toBe(rounded);
  });
});
