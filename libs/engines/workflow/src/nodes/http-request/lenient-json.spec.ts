import * as fc from 'fast-check';
import { PyFloat } from '#common';
import { compactJson } from './compact-json.js';
import { readLenientJson } from './lenient-json.js';

describe('readLenientJson', () => {
  it.each<[string, unknown]>([
    ['{"a": 1.0, "b": 2, "c": 12345678901234567890}', { a: PyFloat.of(1), b: 2, c: 12345678901234567890n }],
    ['{"text": "first line\nsecond\tline"}', { text: 'first line\nsecond\tline' }],
    ['{"text": "he said "hello, world" to me", "n": 1}', { text: 'he said "hello, world" to me', n: 1 }],
    ["{'a': 'it', 'b': [1, 2,],}", { a: 'it', b: [1, 2] }],
    ['{a: b c, d: True, e: None, f: -1.5e3}', { a: 'b c', d: true, e: null, f: PyFloat.of(-1500) }],
    ['{"a": , "b": 1}', { a: '', b: 1 }],
    ['{"a": "x"\n"b": "y"}', { a: 'x', b: 'y' }],
    ['{"a": [1, {"b": "cut of', { a: [1, { b: 'cut of' }] }],
    ['```json\n{"a": 1}\n```', { a: 1 }],
    ['{"a": 1, // one\n /* two */ "b": 2}', { a: 1, b: 2 }],
    ['{"a": "\\u00e4\\n\\q"}', { a: 'ä\n\\q' }],
    ['{"a": "C:\\new"}', { a: 'C:\new' }],
    ['[1 , }', [1]],
    ['{"__proto__": {"x": 1}, }', JSON.parse('{"__proto__": {"x": 1}}')],
    ['{"url": "https://x.test/a,b", \'n\': 1}', { url: 'https://x.test/a,b', n: 1 }],
  ])('should read %s', (text, value) => {
    expect(readLenientJson(text)).toEqual(value);
  });

  it.each(['', 'hello', '   ', '"text', `${'['.repeat(5000)}x`])('should refuse %j', (text) => {
    expect(() => readLenientJson(text)).toThrow(SyntaxError);
  });

  it('should read good JSON as what it is, and end for anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(compactJson(readLenientJson(text)))).toEqual(JSON.parse(text));
      }),
    );
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ',',
      ':',
      '\\',
      '/',
      '*',
      '\n',
      ' ',
      'a',
      '1',
      '-',
      '“',
      '”',
      'true',
      'u00e4',
      '//',
      '/*',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (list) => {
        try {
          compactJson(readLenientJson(list.join('')));
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('should take time in proportion to the text', () => {
    const text = `{"a": "${'x " y '.repeat(20_000)}`;

    const started = performance.now();
    readLenientJson(text);

    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('compactJson', () => {
  it('should write no blanks, keep floats and large integers, and not escape what is not ASCII', () => {
    expect(compactJson(readLenientJson('{"a": [1.0, 2, {"ü": null}], "n": 12345678901234567890}'))).toBe(
      '{"a":[1.0,2,{"ü":null}],"n":12345678901234567890}',
    );
  });
});
