import { PyFloat } from './py-float.js';
import { pythonFloat, pythonJson, pythonQuoted, pythonRepr, pythonStr } from './python-text.js';

describe('Python renderings', () => {
  it.each([
    [1, '1.0'],
    [0.1, '0.1'],
    [1e16, '1e+16'],
    [1e15, '1000000000000000.0'],
    [123456789012345680, '1.2345678901234568e+17'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-0, '-0.0'],
    [Number.POSITIVE_INFINITY, 'inf'],
  ])('should write the float %d as %s', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });

  it.each([
    ['a', "'a'"],
    ["it's", '"it\'s"'],
    [`'"`, `'\\'"'`],
    ['a\nb\\', "'a\\nb\\\\'"],
    ['\u0000\u00a0', "'\\x00\\xa0'"],
    ['\u200b', "'\\u200b'"],
    ['中文 é', "'中文 é'"],
  ])('should quote %j', (text, quoted) => {
    expect(pythonQuoted(text)).toBe(quoted);
  });

  it('should write lists and objects as repr does', () => {
    expect(pythonRepr([1, new PyFloat(2), 'a', null, true, { a: [1.5] }])).toBe("[1, 2.0, 'a', None, True, {'a': [1.5]}]");
    expect(pythonStr('x')).toBe('x');
    expect(pythonRepr({})).toBe('{}');
  });

  it('should write JSON as json.dumps does', () => {
    expect(pythonJson({ a: [1, new PyFloat(1), 'é'], b: {}, c: [] })).toBe('{"a": [1, 1.0, "é"], "b": {}, "c": []}');
    expect(pythonJson({ a: [1], b: { c: null } }, 2)).toBe('{\n  "a": [\n    1\n  ],\n  "b": {\n    "c": null\n  }\n}');
  });
});
