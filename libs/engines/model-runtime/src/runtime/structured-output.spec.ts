import { parseStructuredOutput } from './structured-output.js';

describe('parseStructuredOutput', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['```json\n{"a":1}\n```', { a: 1 }],
    ['Here it is: {"a":{"b":2}} as you wished.', { a: { b: 2 } }],
    ['<think>{"no":1}</think>{"a":1}', { a: 1 }],
    ['{"a":[1,2,],}', { a: [1, 2] }],
    ['{"a":"one\ntwo"}', { a: 'one\ntwo' }],
    ['{"a":"cut of', { a: 'cut of' }],
    ['{"a":[1,{"b":"x"', { a: [1, { b: 'x' }] }],
    ['{"a":"say \\"hi\\"", "b"', undefined],
    ['{"a":1} and {"b":2}', { a: 1 }],
    ['no json', null],
    ['[1,2]', null],
    ['{', {}],
  ])('should read %j', (text, parsed) => {
    if (parsed === undefined) expect(() => parseStructuredOutput(text)).not.toThrow();
    else expect(parseStructuredOutput(text)).toEqual(parsed);
  });
});
