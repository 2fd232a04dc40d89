import { addExamples } from './add-examples.js';
import type { ApiDocument, Parameter, Schema } from './document.types.js';

const documentOf = (properties: Record<string, Schema>, parameters: Parameter[] = []): ApiDocument => ({
  openapi: '3.1.0',
  info: {},
  paths: { '/x': { get: { parameters, responses: {} } } },
  components: { schemas: { X: { type: 'object', properties } } },
});

describe('addExamples', () => {
  it('should add what name and type tell, and leave what is there', () => {
    const description = 'Some field.';
    const properties: Record<string, Schema> = {
      app_id: { type: 'string', description },
      created_at: { type: 'number', description },
      enabled: { type: ['boolean', 'null'], description },
      name: { type: 'string', description, example: 'Ada' },
    };

    expect(addExamples(documentOf(properties))).toEqual([]);

    expect(properties.app_id?.example).toMatch(/^[0-9a-f]{8}-/);
    expect(properties.created_at?.example).toBeGreaterThan(1_700_000_000);
    expect(properties.enabled?.example).toBe(true);
    expect(properties.name?.example).toBe('Ada');
  });

  it.each<[string, Schema]>([
    ['a reference', { $ref: '#/components/schemas/Y' }],
    ['a list', { type: 'array', items: { type: 'string' } }],
    ['a word of a list', { type: 'string', enum: ['a'] }],
    ['a default', { type: 'integer', default: 20 }],
    ['null', { type: 'null' }],
  ])('should ask for no example of %s', (_, schema) => {
    expect(addExamples(documentOf({ x: { ...schema, description: 'X.' } }))).toEqual([]);
  });

  it('should tell of fields without a comment or an example', () => {
    expect(addExamples(documentOf({ bare: { type: 'string' } }))).toEqual([
      'X.bare: a doc comment is missing',
      'X.bare: write an @example into its doc comment',
    ]);
  });

  it('should describe path parameters by their names, and tell of unknown ones', () => {
    const known: Parameter = { name: 'app_id', in: 'path', schema: { type: 'string' } };
    const unknown: Parameter = { name: 'thing_id', in: 'path', schema: { type: 'string' } };

    expect(addExamples(documentOf({}, [known, unknown]))).toEqual([expect.stringMatching(/^GET \/x, thing_id: say what it is/)]);
    expect(known).toMatchObject({ description: 'Id of the app.', schema: { example: expect.stringMatching(/-7000-/) } });
  });
});
