import { addBodyExample } from './example-of.js';
import type { Operation, Schema } from './document.types.js';

const exampleFor = (schema: Schema, schemas: Record<string, Schema> = {}): unknown => {
  const content: NonNullable<Operation['requestBody']>['content'] = { 'application/json': { schema } };
  addBodyExample({ responses: {}, requestBody: { content } }, schemas);
  return content['application/json']?.example;
};

describe('addBodyExample', () => {
  it('should take required fields and those with an example, and no others', () => {
    const properties: Record<string, Schema> = {
      query: { type: 'string', example: 'Hi' },
      inputs: { type: 'object', additionalProperties: true },
      conversation_id: { type: 'string' },
      mode: { type: 'string', example: 'streaming' },
      limit: { type: 'integer', default: 20 },
    };

    expect(exampleFor({ type: 'object', properties, required: ['query', 'inputs', 'limit'] })).toEqual({
      query: 'Hi',
      inputs: {},
      mode: 'streaming',
      limit: 20,
    });
  });

  it('should follow references, also in a circle', () => {
    const schemas: Record<string, Schema> = {
      A: {
        type: 'object',
        properties: { a: { $ref: '#/components/schemas/A' }, kind: { type: 'string', enum: ['x', 'y'] } },
        required: ['a', 'kind'],
      },
    };

    expect(exampleFor({ $ref: '#/components/schemas/A' }, schemas)).toMatchObject({ kind: 'x', a: { kind: 'x' } });
  });
});
