import { PyFloat } from './py-float.js';
import { parsePythonJson } from './parse-python-json.js';

describe('parsePythonJson', () => {
  it.each([
    'null',
    'true',
    ' [1, -2, 0.5] ',
    '{"a": {"b": "1.0"}}',
    '"\\u00fc \\" \\\\ 1.0"',
    '[]',
    '{}',
    '[1.5, 12345678901234567, "a"]',
    '1e-3',
  ])('should read %s like JSON.parse', (text) => expect(parsePythonJson(text)).toEqual(JSON.parse(text)));

  it('should mark floats that are whole', () => {
    expect(parsePythonJson('{"a": [1, 1.0, 2.50, 1e3, -0.0]}')).toEqual({
      a: [1, new PyFloat(1), 2.5, new PyFloat(1000), new PyFloat(-0)],
    });
  });

  it('should keep large integers when asked to', () => {
    expect(parsePythonJson('[12345678901234567890, 1]', { bigIntegers: true })).toEqual([12345678901234567890n, 1]);
    expect(parsePythonJson('[12345678901234567890, 1]')).toEqual([12345678901234567000, 1]);
  });

  it('should keep __proto__ as a key like any other', () => {
    const value = parsePythonJson('{"__proto__": {"polluted": 1.0}}') as object;

    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    '',
    '1.0 2',
    '[1.0',
    '[1.0,]',
    '{"a" 1.0}',
    '{a: 1.0}',
    '01.0',
    '1.',
    '1.0e',
    '+1.0',
    'NaN',
    '[1.0, Infinity]',
    '"a\n1.0"',
    '[1.0 true]',
  ])('should refuse %j', (text) => expect(() => parsePythonJson(text)).toThrow(SyntaxError));

  it('should refuse a depth that would overflow the stack', () => {
    expect(() => parsePythonJson('['.repeat(100_000) + '1.0')).toThrow(SyntaxError);
  });
});
