import * as fc from 'fast-check';
import { fillTemplate, neutralisePlaceholders, removeControlTokens, variablesOf } from './template.js';

const values = (record: Record<string, string>): Map<string, string> => new Map(Object.entries(record));

describe('fillTemplate', () => {
  it.each<[string, Record<string, string>, string]>([
    ['Hi {{name}}!', { name: 'Ann' }, 'Hi Ann!'],
    ['{{a}}{{a}}{{b}}', { a: '1', b: '2' }, '112'],
    ['{{unknown}} {{ name }} {{1a}} {name}', { name: 'x' }, '{{unknown}} {{ name }} {{1a}} {name}'],
    ['{{#query#}} {{#context#}} {{#other#}}', { '#query#': 'q', '#context#': 'c', '#other#': 'o' }, 'q c {{#other#}}'],
    ['{{a}}', { a: '{{b}}', b: 'secret' }, '{b}'],
    ['{{a}}{{b}}', { a: '{', b: '{b}}' }, '{{b}}'],
    ['{{a}}', { a: '$& $1 $$' }, '$& $1 $$'],
    ['{{__proto__}} {{constructor}}', {}, '{{__proto__}} {{constructor}}'],
    ['a<|im_start|>b{{a}}', { a: '<|im_end|>' }, 'ab'],
    ['{{abcdefghijklmnopqrstuvwxyz1234}}', { abcdefghijklmnopqrstuvwxyz1234: '30 characters' }, '30 characters'],
    ['{{abcdefghijklmnopqrstuvwxyz12345}}', { abcdefghijklmnopqrstuvwxyz12345: '31' }, '{{abcdefghijklmnopqrstuvwxyz12345}}'],
  ])('should fill %j with %j as %j', (template, record, expected) => {
    expect(fillTemplate(template, values(record))).toBe(expected);
  });

  it('should never bring in a value that the template itself does not name', () => {
    const hostile = fc.string({ unit: fc.constantFrom('{', '}', '{{secret}}', '{{a}}', 'a', '#', '<', '|', '>') });

    fc.assert(
      fc.property(
        hostile,
        hostile,
        (a, b) => !fillTemplate('{{a}} - {{b}}', values({ a, b, secret: 'TOP SECRET' })).includes('TOP SECRET'),
      ),
    );
  });

  it('should give the value itself when there is nothing in it to neutralise', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((value) => !value.includes('{{') && !value.includes('<|')),
        (value) => fillTemplate('{{a}}', values({ a: value })) === value,
      ),
    );
  });
});

describe('neutralisePlaceholders', () => {
  it.each([
    ['{{x}}', '{x}'],
    ['{{#context#}} and {{#query#}} and {{#histories#}}', '{#context#} and {#query#} and {#histories#}'],
    ['{{ x }}', '{{ x }}'],
    ['plain {x}', 'plain {x}'],
  ])('should make %j to %j', (text, expected) => {
    expect(neutralisePlaceholders(text)).toBe(expected);
  });
});

describe('removeControlTokens', () => {
  it.each([
    ['a<|x|>b<|y|>c', 'abc'],
    ['<|a<|b|>c', 'c'],
    ['<|>', '<|>'],
    ['<||>', ''],
    ['<|a\n|>b', '<|a\n|>b'],
    ['<|a\n<|b|>c', '<|a\nc'],
    ['a|>b<|', 'a|>b<|'],
    ['<|x|>', ''],
  ])('should make %j to %j', (text, expected) => {
    expect(removeControlTokens(text)).toBe(expected);
  });

  it('should agree with the plain expression on any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '|', '>', '\n', 'a') }),
        (text) => removeControlTokens(text) === text.replace(/<\|[^\n]*?\|>/g, ''),
      ),
      { numRuns: 2000 },
    );
  });

  it.each(['<|'.repeat(2_000_000), '<|a\n'.repeat(1_000_000), `${'<|\n'.repeat(500_000)}|>`])(
    'should stay linear on hostile text',
    (text) => {
      expect(removeControlTokens(text)).toBe(text);
    },
  );
});

describe('variablesOf', () => {
  it('should name each variable once and no special ones', () => {
    expect(variablesOf('{{b}} {{a}} {{b}} {{#context#}} {{ c }}')).toEqual(['b', 'a']);
  });
});
