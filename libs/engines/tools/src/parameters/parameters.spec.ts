import { PyFloat } from '#common';
import { toolParameter, type ToolParameterType } from '../types/tool-parameter.js';
import { toolText } from '../types/tool-text.js';
import { castParameter } from './cast-parameter.js';
import { formValue } from './form-value.js';

describe('castParameter', () => {
  it.each<[ToolParameterType, unknown, unknown]>([
    ['string', null, ''],
    ['string', 12, '12'],
    ['string', true, 'True'],
    ['select', new PyFloat(1), '1.0'],
    ['boolean', 'Yes', true],
    ['boolean', 'N', false],
    ['boolean', '', false],
    ['boolean', 'anything', true],
    ['boolean', 0, false],
    ['number', '12', 12],
    ['number', '-1.5', -1.5],
    ['number', '', null],
    ['number', 7, 7],
    ['files', 'one', ['one']],
    ['files', ['one', 'two'], ['one', 'two']],
    ['file', ['one'], 'one'],
    ['file', 'one', 'one'],
    ['array', '[1, 2]', [1, 2]],
    ['array', 'not a list', ['not a list']],
    ['array', '{"a": 1}', ['{"a": 1}']],
    ['object', '{"a": 1}', { a: 1 }],
    ['object', 'nothing', {}],
    ['object', { a: 1 }, { a: 1 }],
    ['model-selector', { model: 'm' }, { model: 'm' }],
    ['any', 'as it is', 'as it is'],
  ])('should make %s of %j', (type, value, expected) => {
    expect(castParameter(type, value)).toEqual(expected);
  });

  it.each<[ToolParameterType, unknown, string]>([
    ['number', 'many', 'The tool parameter value many is not in correct type of number.'],
    ['number', '0x10', 'The tool parameter value 0x10 is not in correct type of number.'],
    ['file', ['one', 'two'], 'only accepts one file'],
    ['model-selector', 'gpt', 'The tool parameter value gpt is not in correct type of model-selector.'],
  ])('should refuse as %s: %j', (type, value, message) => {
    expect(() => castParameter(type, value)).toThrow(message);
  });
});

describe('formValue', () => {
  const format = toolParameter({ name: 'format', type: 'string', form: 'form', default: '%Y' });

  it('should take the default for what is empty, and not for a zero', () => {
    expect(formValue(format, '')).toBe('%Y');
    expect(formValue(format, undefined)).toBe('%Y');
    expect(formValue(format, '%H')).toBe('%H');
    expect(formValue({ ...format, type: 'number', default: 5 }, 0)).toBe(0);
  });

  it('should leave an optional one empty, and miss a required one', () => {
    expect(formValue({ ...format, default: null }, null)).toBeNull();
    expect(() => formValue({ ...format, name: 'tools', type: 'array[tools]', required: true, default: null }, [])).toThrow(
      'tool parameter tools not found in tool config',
    );
  });

  it('should take only what a select offers', () => {
    const zone = toolParameter({
      name: 'timezone',
      type: 'select',
      form: 'form',
      options: ['UTC', 'Asia/Tokyo'].map((value) => ({ value, label: toolText(value), icon: null })),
    });
    expect(formValue(zone, 'Asia/Tokyo')).toBe('Asia/Tokyo');
    expect(() => formValue(zone, 'Mars/Base')).toThrow("tool parameter timezone value Mars/Base not in options ['UTC', 'Asia/Tokyo']");
  });
});
