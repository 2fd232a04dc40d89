import { PythonFloat } from './python-float.js';
import { pythonFloatText, pythonJson, pythonRepr, pythonStr, pythonStringRepr } from './python-text.js';

describe('pythonFloatText', () => {
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-1.5, '-1.5'],
    [0.1, '0.1'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [123456789012345680, '1.2345678901234568e+17'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [9007199254740993.0, '9007199254740992.0'],
    [1e300, '1e+300'],
    [5e-324, '5e-324'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [NaN, 'nan'],
  ])('should print %d as Python does', (value, expected) => expect(pythonFloatText(value)).toBe(expected));
});

describe('pythonStringRepr', () => {
  it.each([
    ['plain', "'plain'"],
    ["it's", '"it\'s"'],
    ['both \' and "', "'both \\' and \"'"],
    ['back\\slash', "'back\\\\slash'"],
    ['\n\r\t\0\x7f', "'\\n\\r\\t\\x00\\x7f'"],
    ['ü 漢 😀', "'ü 漢 😀'"],
    ['\u00a0\u200b\u2028\ue000', "'\\xa0\\u200b\\u2028\\ue000'"],
    ['\ud800', "'\\ud800'"],
    ['\u{e0001}', "'\\U000e0001'"],
  ])('should quote %j', (text, expected) => expect(pythonStringRepr(text)).toBe(expected));
});

describe('pythonStr and pythonRepr', () => {
  it.each([
    [null, 'None'],
    [undefined, 'None'],
    [true, 'True'],
    [false, 'False'],
    [1, '1'],
    [1e21, '1000000000000000000000'],
    [1.5, '1.5'],
    [new PythonFloat(2), '2.0'],
    [[1, new PythonFloat(2)], '[1, 2.0]'],
    [['a', null, true], "['a', None, True]"],
    [[{ a: 1, "it's": [] }, {}], "[{'a': 1, \"it's\": []}, {}]"],
  ])('should print %j', (value, expected) => expect(pythonStr(value)).toBe(expected));

  it('should print integers that no number can hold', () => expect(pythonStr(12345678901234567890n)).toBe('12345678901234567890'));

  it('should quote a string in repr only', () => {
    expect(pythonStr('a')).toBe('a');
    expect(pythonRepr('a')).toBe("'a'");
  });

  it('should refuse a value that is nested without end', () => {
    const circle: unknown[] = [];
    circle.push(circle);

    expect(() => pythonRepr(circle)).toThrow(RangeError);
    expect(() => pythonJson(circle)).toThrow(RangeError);
  });
});

describe('pythonJson', () => {
  it('should separate like Python and keep non-ASCII', () => {
    const value = { a: [1, new PythonFloat(2), 1.5, 1e16], 'ü"': null, b: true, c: 'x\n<漢>' };

    expect(pythonJson(value)).toBe('{"a": [1, 2.0, 1.5, 10000000000000000], "ü\\"": null, "b": true, "c": "x\\n<漢>"}');
  });

  it('should indent like Python, with empty containers on one line', () => {
    expect(pythonJson({ a: [1, {}], b: [] }, { indent: 2 })).toBe('{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}');
  });
});
