import { closeObjects } from './close-objects.js';
import type { Schema } from './document.types.js';

const closed = (schema: Schema): [Schema, string[]] => {
  const problems = closeObjects(schema, 'X');
  return [schema, problems];
};

describe('closeObjects', () => {
  it('should close objects wherever they stand', () => {
    const [schema] = closed({
      type: 'object',
      properties: {
        a: { type: ['object', 'null'], properties: {} },
        b: { type: 'array', items: { type: 'object', properties: {} } },
        c: { anyOf: [{ type: 'object', properties: {} }] },
      },
    });

    expect(JSON.stringify(schema).match(/"additionalProperties":false/g)).toHaveLength(4);
  });

  it.each<[string, Schema]>([
    ['an object without fields', { type: 'object', properties: { a: { type: 'object' } } }],
    ['a record of anything', { type: 'object', properties: { a: { type: 'object', additionalProperties: true } } }],
    ['a list of objects without fields', { type: 'object', properties: { a: { type: 'array', items: { type: 'object' } } } }],
  ])('should tell of %s', (_, schema) => {
    expect(closed(schema)[1]).toEqual([expect.stringMatching(/^X\.a/)]);
  });

  it('should leave named free-form fields open, and any JSON where they are of any type', () => {
    const [schema, problems] = closed({
      type: 'object',
      properties: { inputs: { type: 'object', additionalProperties: true }, value: { type: 'object', description: 'd' } },
    });

    expect(problems).toEqual([]);
    expect(schema.properties).toEqual({ inputs: { type: 'object', additionalProperties: true }, value: { description: 'd' } });
  });

  it('should close a field of a free-form name that has fields of its own', () => {
    const [schema, problems] = closed({ type: 'object', properties: { data: { type: 'object', properties: { x: { type: 'string' } } } } });

    expect(problems).toEqual([]);
    expect(schema.properties?.data?.additionalProperties).toBe(false);
  });

  it('should take maps of one type as closed', () => {
    expect(closed({ type: 'object', properties: { labels: { type: 'object', additionalProperties: { type: 'string' } } } })[1]).toEqual([]);
  });
});
