import { coerceParameters } from './coerce-parameters.js';
import { toParameterRule } from './parameter-rule.js';

describe('toParameterRule', () => {
  it('should fill what the rule leaves out from its template', () => {
    expect(toParameterRule({ name: 'temperature', use_template: 'temperature', max: 2 })).toMatchObject({
      name: 'temperature',
      useTemplate: 'temperature',
      label: { en_US: 'Temperature', zh_Hans: '温度' },
      type: 'float',
      required: false,
      default: 0,
      min: 0,
      max: 2,
      precision: 2,
      options: [],
    });
  });

  it('should let the template win over an explicit zero, as Dify does', () => {
    expect(toParameterRule({ name: 'top_p', use_template: 'top_p', default: 0, max: 0 })).toMatchObject({ default: 1, max: 1 });
  });

  it('should keep a zero where there is no template', () => {
    expect(toParameterRule({ name: 'x', type: 'int', default: 0, min: 0 })).toMatchObject({
      default: 0,
      min: 0,
      max: null,
      precision: null,
    });
  });

  it('should ignore an unknown template', () => {
    expect(toParameterRule({ name: 'odd_one', use_template: 'odd' })).toMatchObject({
      useTemplate: 'odd',
      type: 'string',
      label: { en_US: 'Odd One' },
      help: null,
    });
  });

  it('should bring the options of response_format', () => {
    expect(toParameterRule({ name: 'response_format', use_template: 'response_format' }).options).toEqual(['JSON', 'XML']);
  });
});

describe('coerceParameters', () => {
  const rules = [
    toParameterRule({ name: 'temperature', use_template: 'temperature' }),
    toParameterRule({ name: 'limit', use_template: 'max_tokens', required: true, default: 10 }),
    toParameterRule({ name: 'think', type: 'boolean' }),
    toParameterRule({ name: 'format', type: 'string', options: ['a', 'b'] }),
    toParameterRule({ name: 'json_schema', use_template: 'json_schema' }),
  ];

  it('should read numbers and booleans written as text, round to the precision and drop what no rule names', () => {
    expect(
      coerceParameters(rules, { temperature: '0.555', limit: '7', think: 'True', format: 'a', json_schema: { type: 'object' }, other: 1 }),
    ).toEqual({
      temperature: 0.56,
      limit: 7,
      think: true,
      format: 'a',
      json_schema: '{"type":"object"}',
    });
  });

  it('should fill required gaps only, and leave empty values out', () => {
    expect(coerceParameters(rules, { temperature: null, format: '' })).toEqual({ limit: 10 });
  });

  it('should find a value under the name of the template', () => {
    expect(coerceParameters(rules, { max_tokens: 12 })).toEqual({ limit: 12 });
  });

  it.each([
    [{ temperature: 1.5 }, 'temperature should be 1 or less'],
    [{ temperature: -1 }, 'temperature should be 0 or more'],
    [{ temperature: 'hot' }, 'temperature should be a number'],
    [{ temperature: Number.NaN }, 'temperature should be a number'],
    [{ temperature: [1] }, 'temperature should be a number'],
    [{ limit: 1.5 }, 'limit should be a whole number'],
    [{ think: 'maybe' }, 'think should be true or false'],
    [{ think: {} }, 'think should be true or false'],
    [{ format: 'c' }, 'format should be one of a, b'],
  ])('should refuse %j', (parameters, message) => {
    expect(() => coerceParameters(rules, parameters)).toThrow(message);
  });

  it('should refuse a gap without a default', () => {
    expect(() => coerceParameters([toParameterRule({ name: 'x', type: 'string', required: true })], {})).toThrow('x is required');
  });
});
