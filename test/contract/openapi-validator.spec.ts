import { framesOf, loadValidator, OpenApiValidator } from '../support/openapi-validator.js';

const usage = {
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, kind: { $ref: '#/components/schemas/Kind' }, maybe: { type: ['string', 'null'] } },
  required: ['id'],
  additionalProperties: false,
};
const event = (name: string) => ({
  type: 'object',
  properties: { event: { type: 'string', enum: [name] }, n: { type: 'integer' } },
  required: ['event', 'n'],
  additionalProperties: false,
});
const json = (ref: string) => ({ content: { 'application/json': { schema: { $ref: `#/components/schemas/${ref}` } } } });
const validator = new OpenApiValidator({
  paths: {
    '/v1/things/{id}': { get: { responses: { 200: json('Usage'), default: json('Kind') } }, delete: { responses: { 204: {} } } },
    '/v1/things/special': { get: { responses: { 200: json('Kind') } } },
    '/v1/stream': {
      post: {
        responses: {
          200: {
            content: {
              'text/event-stream': {
                schema: { discriminator: { propertyName: 'event', mapping: { a: '#/components/schemas/A', b: '#/components/schemas/B' } } },
              },
            },
          },
        },
      },
    },
  },
  components: { schemas: { Usage: usage, Kind: { type: 'string', enum: ['x', 'y'] }, A: event('a'), B: event('b') } },
});
const ID = '018f0000-0000-7000-8000-000000000001';
const get = (body: unknown, path = '/v1/things/1', status = 200, type: string | null = 'application/json; charset=utf-8') =>
  validator.response('GET', path, status, type, body);

describe('OpenApiValidator', () => {
  it('should find nothing wrong with what the document says', () => {
    expect(get({ id: ID, kind: 'x', maybe: null })).toEqual([]);
    expect(get('y', '/v1/things/special?a=b')).toEqual([]);
    expect(get('x', '/v1/things/1', 418)).toEqual([]);
    expect(validator.response('DELETE', '/v1/things/1', 204, null, '')).toEqual([]);
    expect(validator.frame('POST', '/v1/stream', { event: 'b', n: 1 })).toEqual([]);
  });

  it.each([
    ['a field too many', () => get({ id: ID, more: 1 }), /additional/],
    ['a field too few', () => get({}), /required/],
    ['a wrong format', () => get({ id: 'x' }), /uuid/],
    ['a wrong reference', () => get({ id: ID, kind: 'z' }), /\/kind/],
    ['an unknown path', () => get({}, '/v1/other'), /no document/],
    ['an unknown status', () => get({}, '/v1/things/1', 201), /201/],
    ['another media type', () => get('', '/v1/things/1', 200, 'text/html'), /text\/html/],
    ['a body where there is none', () => validator.response('DELETE', '/v1/things/1', 204, null, 'x'), /no body/],
    ['an unknown event', () => validator.frame('POST', '/v1/stream', { event: 'c' }), /no event "c"/],
    ['a wrong frame', () => validator.frame('POST', '/v1/stream', { event: 'a', n: 'x' }), /\/n/],
    ['a frame of another kind', () => validator.frame('POST', '/v1/stream', null), /no event/],
  ])('should tell of %s', (_, check, expected) => {
    expect(check().join()).toMatch(expected);
  });

  it('should read the frames of a stream and leave pings out', () => {
    expect(framesOf('event: ping\n\nid: 1-1\ndata: {"event":"a"}\n\ndata: {"event":"b"}\n\n')).toEqual([{ event: 'a' }, { event: 'b' }]);
  });

  it.each(['console', 'service', 'root'])('should load the committed document of the audience %s', (audience) => {
    expect(loadValidator(audience)).toBeInstanceOf(OpenApiValidator);
  });
});
