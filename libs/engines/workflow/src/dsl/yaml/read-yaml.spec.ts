import { PyFloat } from '#common';
import { readYaml, YAML_LIMITS } from './read-yaml.js';
import { writeYaml } from './write-yaml.js';
import { YamlError } from './yaml.errors.js';

const valueOf = (text: string): unknown => (readYaml(`a: ${text}\n`).value as Record<string, unknown>).a;

describe('readYaml', () => {
  // What PyYAML 6.0.3 reads.
  it.each([
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['nO', 'nO'],
    ['012', 10],
    ['08', '08'],
    ['0x1F', 31],
    ['0b11', 3],
    ['-0x1', -1],
    ['1_000', 1000],
    ['1:30:45', 5445],
    ['1e3', '1e3'],
    ['1.5e+3', new PyFloat(1500)],
    ['1.', new PyFloat(1)],
    ['.5', 0.5],
    ['190:20:30.15', 685230.15],
    ['-.inf', Number.NEGATIVE_INFINITY],
    ['~', null],
    ['', null],
    ['NULL', null],
    ['0o7', '0o7'],
    ['12345678901234567890', 12345678901234567890n],
    ['!!str 1', '1'],
    ['=', '='],
  ])('should read %s', (text, value) => expect(valueOf(text)).toEqual(value));

  it('should keep dates as texts', () => expect(valueOf('2024-01-01')).toBe('2024-01-01'));

  it('should make texts of keys, as JSON has them', () => {
    expect(readYaml('1: a\ntrue: b\n~: c\n1.0: d\n').value).toEqual({ '1': 'a', true: 'b', null: 'c', '1.0': 'd' });
  });

  it('should take the last of two equal keys and tell of it', () => {
    expect(readYaml('a: 1\nb: {c: 1, c: 2}\na: 3\n')).toEqual({ value: { a: 3, b: { c: 2 } }, repeatedKeys: ['c', 'a'] });
  });

  it('should keep __proto__ as a key like any other', () => {
    const value = readYaml('a: &x {__proto__: {polluted: 1}}\nb: *x\n').value as Record<string, object>;

    expect(Object.keys(value.b as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value.b)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('should make two things of an anchor and its alias', () => {
    const value = readYaml('a: &x [1, {b: 1.0}]\nc: *x\n').value as Record<string, unknown>;

    expect(value.c).toEqual([1, { b: new PyFloat(1) }]);
    expect(value.c).not.toBe(value.a);
  });

  it('should merge mappings', () => {
    expect(readYaml('a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n').value).toMatchObject({ d: { b: 1, c: 3 } });
  });

  it.each([
    ['no mapping and no list', 'a: b: c', /line 1, column/],
    ['an object of a class', 'a: !!python/object/apply:os.system [ls]', /tag/i],
    ['a second document', 'a: 1\n---\nb: 2\n', /document/],
    ['nothing', '', /.+/],
    ['a mapping as a key', '? {a: 1}\n: 2\n', /key/],
    ['an alias without an anchor', 'a: *x', /x/],
    ['a tabulator as indentation', 'a:\n\tb: 1\n', /./],
  ])('should refuse %s', (_, text, message) => {
    expect(() => readYaml(text)).toThrow(YamlError);
    expect(() => readYaml(text)).toThrow(message);
  });

  it.each([
    ['lists', '['.repeat(100_000)],
    ['mappings', '{a: '.repeat(100_000)],
    ['blocks', '- '.repeat(100_000)],
    ['lines', Array.from({ length: 300 }, (__, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['anchors', `a: &a0 [1]\n${Array.from({ length: 99 }, (__, i) => `b${i}: &a${i + 1} [[[*a${i}]]]\n`).join('')}`],
  ])('should refuse what is nested too deeply: %s', (_, text) => {
    expect(() => readYaml(text)).toThrow(/nested deeper than 200 levels/);
  });

  it('should refuse anchors that repeat themselves', () => {
    expect(() => readYaml('a: &x [*x]\n')).toThrow(YamlError);
  });

  it('should refuse a small text that stands for a billion values', () => {
    const lines = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]\n`);
    const text = `a0: &a0 [${'x, '.repeat(9)}x]\n${lines.join('')}`;

    expect(() => readYaml(text)).toThrow('Its aliases stand for more than 1000000 values.');
    expect(() => readYaml(`a: &a 1\nb: [${'*a, '.repeat(200)}]\n`)).toThrow('It repeats anchors more than 100 times');
  });

  it.each(['9'.repeat(100_000), `1${':5'.repeat(100_000)}`, `${'1'.repeat(50_000)}.${'_'.repeat(50_000)}`, `0x${'f'.repeat(100_000)}`])(
    'should take a number that Python refuses for a text, at once',
    (digits) => {
      const began = performance.now();

      expect(valueOf(digits)).toBe(digits);
      expect(readYaml(writeYaml({ a: digits })).value).toEqual({ a: digits });
      expect(writeYaml({ a: digits })).toContain("'");
      expect(performance.now() - began).toBeLessThan(2000);
    },
  );

  it('should refuse what is too long', () => {
    expect(() => readYaml('a'.repeat(11), { ...YAML_LIMITS, maxLength: 10 })).toThrow('The file has more than 10 characters');
  });
});
