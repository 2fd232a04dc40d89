import * as fc from 'fast-check';
import type { JsonObject } from '#common';
import { InputFormError } from '../chat.errors.js';
import { INPUT_TYPES } from './input-variable.js';
import type { InputType, InputVariable } from './input-variable.js';
import { parseInputForm } from './input-variable.js';
import { prepareInputs, prepareQuery } from './prepare-inputs.js';

function variable(type: InputType, fields: Partial<InputVariable> = {}): InputVariable {
  return { name: 'v', label: 'v', type, required: false, maxLength: null, options: [], default: undefined, ...fields };
}

function prepare(type: InputType, value: unknown, fields: Partial<InputVariable> = {}): unknown {
  return prepareInputs([variable(type, fields)], { v: value }).v;
}

const file = { type: 'image', transfer_method: 'local_file', upload_file_id: 'u' };

describe('prepareInputs', () => {
  it.each<[InputType, unknown, unknown, Partial<InputVariable>]>([
    ['text-input', 'hello', 'hello', {}],
    ['text-input', '', '', { required: true }],
    ['paragraph', '🌍🌍', '🌍🌍', { maxLength: 2 }],
    ['paragraph', 'a\u0000b', 'ab', {}],
    ['paragraph', 'a\ud800b', 'a\ufffdb', {}],
    ['select', 'b', 'b', { options: ['a', 'b'] }],
    ['number', 5, 5, {}],
    ['number', 1.5, 1.5, {}],
    ['number', '7', 7, {}],
    ['number', ' -7 ', -7, {}],
    ['number', '1.50', 1.5, {}],
    ['number', '1.5e3', 1500, {}],
    ['number', '.5', 0.5, {}],
    ['number', '  ', null, {}],
    ['number', true, true, {}],
    ['checkbox', true, true, {}],
    ['checkbox', 'YES', true, {}],
    ['checkbox', ' on ', true, {}],
    ['checkbox', 1, true, {}],
    ['checkbox', 'no', false, {}],
    ['checkbox', '0', false, {}],
    ['checkbox', 0, false, {}],
    ['checkbox', 'maybe', 'maybe', {}],
    ['checkbox', 2, 2, {}],
    ['file', file, file, {}],
    ['file', '', null, {}],
    ['file-list', [file, file], [file, file], { maxLength: 2 }],
    ['file-list', [], [], {}],
    ['file-list', '', null, {}],
    ['json_object', { a: { b: 'x\u0000' } }, { a: { b: 'x' } }, {}],
    ['json_object', {}, {}, {}],
    ['json_object', '', null, {}],
    ['external_data_tool', 'x', 'x', { required: true }],
  ])('should take %s %j as %j', (type, value, expected, fields) => {
    expect(prepare(type, value, fields)).toEqual(expected);
  });

  it.each<[InputType, unknown, string, Partial<InputVariable>]>([
    ['text-input', 5, "(type 'text-input') v in input form must be a string", {}],
    ['paragraph', ['x'], "(type 'paragraph') v in input form must be a string", {}],
    ['text-input', 'abc', 'v in input form must be less than 2 characters', { maxLength: 2 }],
    ['text-input', 'x'.repeat(500), 'v in input form must be less than 2 characters', { maxLength: 2 }],
    ['text-input', { a: 1 }, "Invalid input type for ['v']", {}],
    ['checkbox', [{ a: 1 }], "Invalid input type for ['v']", {}],
    ['select', 'c', 'v in input form must be one of the following: ["a"]', { options: ['a'] }],
    ['select', 5, "(type 'select') v in input form must be a string", { options: ['5'] }],
    ['number', 'x', 'v in input form must be a valid number', {}],
    ['number', '1e5', 'v in input form must be a valid number', {}],
    ['number', '0x10', 'v in input form must be a valid number', {}],
    ['number', 'Infinity', 'v in input form must be a valid number', {}],
    ['number', '9'.repeat(400), 'v in input form must be a valid number', {}],
    ['number', [1], 'v in input form expected value type int, float or str, got list', {}],
    ['file', 'x', 'v in input form must be a file', {}],
    ['file', '', 'v in input form must be a file', { required: true }],
    ['file', [file], 'v in input form must be a file', {}],
    ['file-list', file, 'v in input form must be a list of files', {}],
    ['file-list', [file, 'x'], 'v in input form must be a list of files', {}],
    ['file-list', [file, file], 'v in input form must be less than 1 files', { maxLength: 1 }],
    ['json_object', '{"a":1}', 'v in input form must be a dict', {}],
    ['json_object', [1], 'v in input form must be a dict', {}],
    ['external_data_tool', 5, "(type 'external_data_tool') v in input form must be a string", {}],
  ])('should refuse %s %j', (type, value, message, fields) => {
    expect(() => prepare(type, value, fields)).toThrow(new InputFormError(message, 'v'));
  });

  it.each(INPUT_TYPES.filter((type) => type !== 'external_data_tool'))('should want a required %s', (type) => {
    for (const raw of [{}, { v: null }]) {
      expect(() => prepareInputs([variable(type, { required: true, default: 'x' })], raw)).toThrow('v is required in input form');
    }
  });

  it('should store null for what is optional and missing, whatever its default (trace service/messages)', () => {
    expect(prepareInputs([variable('text-input', { default: 'helpful' })], {})).toEqual({ v: null });
  });

  it('should take and check defaults where the caller wants them', () => {
    expect(prepareInputs([variable('number', { default: '4' })], {}, { applyDefaults: true })).toEqual({ v: 4 });
    expect(() => prepareInputs([variable('select', { default: 'z', options: ['a'] })], {}, { applyDefaults: true })).toThrow(
      'one of the following',
    );
    expect(prepareInputs([variable('file', { default: { a: 1 } })], { v: '' }, { applyDefaults: true })).toEqual({ v: null });
  });

  it('should leave the variable of an external data tool to the tool', () => {
    expect(prepareInputs([variable('external_data_tool', { required: true })], {})).toEqual({});
  });

  it('should drop what the form does not declare', () => {
    expect(prepareInputs([variable('text-input')], { v: 'x', w: 'y', constructor: {} })).toEqual({ v: 'x' });
  });

  it('should not find inherited properties', () => {
    const form = ['constructor', 'toString', '__proto__', 'hasOwnProperty'].map((name) => variable('text-input', { name }));

    expect(Object.values(prepareInputs(form, {}))).toEqual([null, null, null, null]);
  });

  it('should keep prototype keys as inert data', () => {
    const raw = JSON.parse('{"__proto__":{"polluted":1},"v":{"__proto__":{"polluted":2},"constructor":{}}}') as JsonObject;
    const form = [variable('json_object', { name: '__proto__' }), variable('json_object')];

    const inputs = prepareInputs(form, raw);

    expect(Object.keys(inputs)).toEqual(['__proto__', 'v']);
    expect(Object.getPrototypeOf(inputs)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(inputs.v)).toBe(Object.prototype);
    expect(JSON.stringify(inputs)).toBe('{"__proto__":{"polluted":1},"v":{"__proto__":{"polluted":2},"constructor":{}}}');
    expect(({} as JsonObject).polluted).toBeUndefined();
  });

  it('should refuse values that nest too deep', () => {
    let deep: unknown = {};
    for (let i = 0; i < 10_000; i += 1) deep = { deep };

    expect(() => prepare('json_object', deep)).toThrow('nests deeper than 200');
  });

  it('should never throw anything but its own error, and always give storable JSON', () => {
    const anyVariable = fc.record({
      name: fc.constantFrom('v', 'w', '__proto__', 'constructor', '变量'),
      label: fc.string(),
      type: fc.constantFrom(...INPUT_TYPES),
      required: fc.boolean(),
      maxLength: fc.option(fc.integer({ min: 1, max: 5 })),
      options: fc.array(fc.string(), { maxLength: 3 }),
      default: fc.anything(),
    });
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a\u0000', '\ud800', '1', 'true', ''));
    const anyJson = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }), fc.array(fc.dictionary(text, text), { maxLength: 2 }));
    const anyRaw = fc.dictionary(fc.constantFrom('v', 'w', '__proto__', 'constructor', '变量', 'other'), anyJson);

    fc.assert(
      fc.property(fc.array(anyVariable, { maxLength: 4 }), anyRaw, fc.boolean(), (form, raw, applyDefaults) => {
        try {
          const inputs = prepareInputs(form, raw, { applyDefaults });
          const json = JSON.stringify(inputs);
          const declared = new Set<string>(form.map(({ name }) => name));
          return (
            json.isWellFormed() &&
            !json.includes('\\u0000') &&
            !/\\ud[89a-f]/.test(json) &&
            Object.keys(inputs).every((name) => declared.has(name)) &&
            Object.getPrototypeOf(inputs) === Object.prototype
          );
        } catch (error) {
          return error instanceof InputFormError;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('prepareQuery', () => {
  it('should strip NUL and lone surrogates', () => {
    expect(prepareQuery('a\u0000b\udc00🌍')).toBe('ab\ufffd🌍');
  });
});

describe('parseInputForm', () => {
  it('should read fields in order and leave out what is none', () => {
    const form = [
      { 'text-input': { label: 'Role', variable: 'role', required: false, max_length: 48, default: 'helpful' } },
      { select: { label: 'S', variable: 's', required: true, options: ['a', 5] } },
      { bogus: { variable: 'x' } },
      { paragraph: { label: 'no variable' } },
      'x',
      {},
    ];

    expect(parseInputForm(form)).toEqual([
      { name: 'role', label: 'Role', type: 'text-input', required: false, maxLength: 48, options: [], default: 'helpful' },
      { name: 's', label: 'S', type: 'select', required: true, maxLength: null, options: ['a'], default: undefined },
    ]);
  });
});
