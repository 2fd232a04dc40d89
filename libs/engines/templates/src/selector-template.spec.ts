import { parseSelectorTemplate } from './selector-template.js';

const text = (value: string) => ({ kind: 'text', text: value });
const selector = (...parts: string[]) => ({ kind: 'selector', selector: parts, source: `{{#${parts.join('.')}#}}` });
const special = (name: string) => ({ kind: 'special', name, source: `{{#${name}#}}` });

describe('parseSelectorTemplate', () => {
  it.each([
    ['', []],
    ['plain {{ x }} #}}', [text('plain {{ x }} #}}')]],
    ['{{#a.b#}}', [selector('a', 'b')]],
    ['x{{#1700000000000.text#}}y{{#sys.query#}}', [text('x'), selector('1700000000000', 'text'), text('y'), selector('sys', 'query')]],
    ['{{#n.a.b.c#}}{{#n.a#}}', [selector('n', 'a', 'b', 'c'), selector('n', 'a')]],
    [
      '{{#context#}}{{#histories#}}{{#url#}}{{#$output.reason#}}',
      [special('context'), special('histories'), special('url'), special('$output.reason')],
    ],
  ])('should split %j', (source, parts) => expect(parseSelectorTemplate(source)).toEqual(parts));

  it.each([
    '{{#a-b.c#}}',
    '{{#a.1c#}}',
    '{{#a.#}}',
    '{{#.b#}}',
    '{{#a..b#}}',
    '{{# a.b #}}',
    '{{#a#}}',
    '{{#a.b}}',
    '{{a.b}}',
    `{{#${'i'.repeat(51)}.b#}}`,
    `{{#a.${'p'.repeat(31)}#}}`,
    `{{#a${'.p'.repeat(11)}#}}`,
    '{{#$output.#}}',
    '{{#ü.b#}}',
  ])('should leave %j as text', (source) => expect(parseSelectorTemplate(source)).toEqual([text(source)]));

  it('should take ids and parts of the greatest length and number', () => {
    const parts = ['i'.repeat(50), ...Array.from({ length: 10 }, () => 'p'.repeat(30))];

    expect(parseSelectorTemplate(`{{#${parts.join('.')}#}}`)).toEqual([selector(...parts)]);
  });

  it('should find a reference behind an opening mark that belongs to none', () => {
    expect(parseSelectorTemplate('{{#{{#a.b#}}')).toEqual([text('{{#'), selector('a', 'b')]);
    expect(parseSelectorTemplate('{{{#a.b#}}}')).toEqual([text('{'), selector('a', 'b'), text('}')]);
  });

  it('should look at each character of a hostile text a bounded number of times', () => {
    const hostile = '{{#a.'.repeat(400_000);

    expect(parseSelectorTemplate(hostile)).toEqual([text(hostile)]);
  });
});
