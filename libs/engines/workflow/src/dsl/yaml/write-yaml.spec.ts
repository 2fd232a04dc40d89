import { PyFloat, type PythonJson } from '#common';
import { readYaml } from './read-yaml.js';
import { writeYaml } from './write-yaml.js';

/** What PyYAML 6.0.3 writes by `yaml.dump({'a': value}, allow_unicode=True)`. */
const written: [string, PythonJson, string][] = [
  ['a text', 'hello world', 'a: hello world\n'],
  ['an empty text', '', "a: ''\n"],
  ['a text like a number', '012', "a: '012'\n"],
  ['a text like a truth', 'yes', "a: 'yes'\n"],
  ['a text like a date', '2024-01-01', "a: '2024-01-01'\n"],
  ['an operator', '=', "a: '='\n"],
  ['a reference', '{{#start.query#}}', "a: '{{#start.query#}}'\n"],
  ['an exponent that YAML 1.1 reads as text', '1e3', 'a: 1e3\n'],
  ['a colon', 'key: value', "a: 'key: value'\n"],
  ['a hash', 'a #b', "a: 'a #b'\n"],
  ['quotes', `it's "so"`, 'a: it\'s "so"\n'],
  ['an emoji', '🤖', 'a: 🤖\n'],
  ['a tabulator', 'a\tb', 'a: "a\\tb"\n'],
  ['an emoji among escapes', 'a\t🤖', 'a: "a\\t\\U0001F916"\n'],
  ['lines', 'one\ntwo\n', "a: 'one\n\n  two\n\n  '\n"],
  ['an indented line', 'if x:\n  y', 'a: "if x:\\n  y"\n'],
  ['whole and broken floats', [new PyFloat(1), 0.7, new PyFloat(1e20), 1e-7], 'a:\n- 1.0\n- 0.7\n- 1.0e+20\n- 1.0e-07\n'],
  ['an integer beyond 2^53', 12345678901234567890n, 'a: 12345678901234567890\n'],
  ['nothing', [null, true, false, [], {}], 'a:\n- null\n- true\n- false\n- []\n- {}\n'],
  ['lists in lists', [[1, [2]], { b: [3], c: { d: 4 } }], 'a:\n- - 1\n  - - 2\n- b:\n  - 3\n  c:\n    d: 4\n'],
  ['keys that are no words', { '': 1, true: 2, '1': 3 }, "a:\n  ? ''\n  : 1\n  '1': 3\n  'true': 2\n"],
  ['a long line', 'word '.repeat(20).trim(), `a: ${'word '.repeat(15)}word\n  word word word word\n`],
  ['a long line in quotes', `: ${'word '.repeat(20).trim()}`, `a: ': ${'word '.repeat(15)}word\n  word word word word'\n`],
  ['a long line with escapes', `\t${'word '.repeat(20).trim()}`, `a: "\\t${'word '.repeat(15)}word\\\n  \\ word word word word"\n`],
  ['a key too long for a line', { ['k'.repeat(130)]: { b: 1 } }, `a:\n  ? ${'k'.repeat(130)}\n  : b: 1\n`],
];

describe('writeYaml', () => {
  it.each(written)('should write %s as PyYAML does', (_, value, text) => {
    expect(writeYaml({ a: value })).toBe(text);
    expect(readYaml(text).value).toEqual({ a: value });
  });

  it('should order keys as Python orders texts', () => {
    expect(writeYaml({ b: 1, '🤖': 2, a: 3, '\uffee': 4, Z: 5 })).toBe('Z: 5\na: 3\nb: 1\n\uffee: 4\n🤖: 2\n');
  });

  it.each([
    '\u2028',
    'a\u0085b',
    '\ufeff',
    '\u0000',
    'a\rb',
    ' ',
    '\n',
    'a\n b',
    'a \nb',
    '- a',
    '?',
    '---',
    '%a',
    '@',
    '`',
    '|',
    '<<',
    '~',
    'null',
  ])('should write %j so that it is read as it was', (text) => {
    expect(readYaml(writeYaml({ [text]: [text, { [text]: text }] })).value).toEqual({ [text]: [text, { [text]: text }] });
  });
});
