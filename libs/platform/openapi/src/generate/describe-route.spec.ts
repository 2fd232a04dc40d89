import type { RouteHandler } from '#platform/http';
import { ApiAnswers, ApiBinary, ApiErrors, ApiEvent, ApiEventStream, ApiForm } from '../api.decorators.js';
import { describeRoute, extraModelsOf, nameEvents } from './describe-route.js';
import type { Operation, Schema } from './document.types.js';

@ApiEvent('message')
class MessageFrame {
  event: string;
}

class AcceptedAnswer {
  id: string;
}

class Handlers {
  @ApiEventStream([MessageFrame])
  @ApiErrors(404)
  @ApiAnswers({ 202: AcceptedAnswer })
  stream(): void {
    // Only its metadata is looked at.
  }

  @ApiForm({ name: 'file', kind: 'file', required: true }, { name: 'user', kind: 'text' })
  @ApiBinary('image/png')
  upload(): void {
    // Only its metadata is looked at.
  }
}

const route = (handler: keyof Handlers, change: Partial<RouteHandler> = {}): RouteHandler => ({
  method: 'POST',
  path: '/v1/x/:id',
  audience: 'service',
  access: { scheme: 'app-key', options: { user: 'json', required: false } },
  uuidParams: ['id'],
  controller: 'XServiceController',
  handler,
  controllerClass: Handlers,
  handlerFunction: Handlers.prototype[handler],
  ...change,
});
const described = (handler: keyof Handlers, change: Partial<RouteHandler> = {}): Operation => {
  const operation: Operation = {
    parameters: [{ name: 'id', in: 'path', schema: { type: 'string' } }],
    responses: { 200: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Y' } } } } },
  };
  describeRoute(operation, route(handler, change));
  return operation;
};

describe('describeRoute', () => {
  it('should describe a stream beside the JSON answer, by its events', () => {
    const { responses } = described('stream');

    expect(Object.keys(responses[200]?.content ?? {})).toEqual(['application/json', 'text/event-stream']);
    expect(responses[200]?.content?.['text/event-stream']?.schema?.discriminator).toEqual({
      propertyName: 'event',
      mapping: { message: '#/components/schemas/MessageFrame' },
    });
    expect(responses[202]?.content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/AcceptedAnswer' });
  });

  it('should add the errors that access and path bring', () => {
    expect(Object.keys(described('stream').responses)).toEqual(expect.arrayContaining(['401', '404', 'default']));
    expect(
      Object.keys(
        described('upload', { access: { scheme: 'console', options: { role: 'admin', setup: true, csrf: true, init: true } } }).responses,
      ),
    ).toEqual(expect.arrayContaining(['400', '401', '403', '415']));
    expect(Object.keys(described('stream', { access: { scheme: 'public', options: { setup: false } } }).responses)).not.toContain('401');
  });

  it('should describe forms, bytes, path ids and credentials', () => {
    const operation = described('upload');

    expect(operation.requestBody?.content['multipart/form-data']?.schema).toMatchObject({
      properties: { file: { format: 'binary' } },
      required: ['file'],
      additionalProperties: false,
    });
    expect(Object.keys(operation.responses[200]?.content ?? {})).toEqual(['image/png']);
    expect(operation.parameters?.[0]?.schema).toEqual({ type: 'string', format: 'uuid' });
    expect(operation.security).toEqual([{ appKey: [] }]);
  });

  it('should name the event of each frame class', () => {
    const schemas: Record<string, Schema> = { MessageFrame: { type: 'object', properties: { event: { type: 'string' } } } };
    nameEvents(schemas, extraModelsOf([route('stream')]));

    expect(schemas.MessageFrame).toMatchObject({ properties: { event: { enum: ['message'] } }, required: ['event'] });
  });
});
