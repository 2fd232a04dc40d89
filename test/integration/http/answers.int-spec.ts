import { type SampleApp, startSampleApp } from './support/sample-app.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const MEMBER = { authorization: 'Bearer console-normal' };
const KEY = { authorization: 'Bearer app-good' };
const THING = '018f0000-0000-7000-8000-0000000000aa';

describe('answers of the HTTP server', () => {
  let sample: SampleApp;
  beforeAll(async () => (sample = await startSampleApp({ CONSOLE_CORS_ALLOW_ORIGINS: 'http://localhost:3000' })));
  afterAll(() => sample.app.close());

  const call = (path: string, init: RequestInit = {}) => fetch(`${sample.url}${path}`, init);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    call(path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const expectJson = async (response: Response, status: number, body: object) => {
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toMatchObject(body);
  };

  describe('headers of every answer', () => {
    it.each(['/health', '/nowhere', '/faults/bug', '/v1/runs', '/console/api/things', '/%zz'])(
      'should name version, environment and request on %s',
      async (path) => {
        const { headers } = await call(path, { headers: { 'x-request-id': 'abc-1' } });

        expect(Object.fromEntries(headers)).toMatchObject({ 'x-version': '1.13.2', 'x-env': 'PRODUCTION', 'x-request-id': 'abc-1' });
      },
    );

    it('should make a request id where the given one is none', async () => {
      const { headers } = await call('/health', { headers: { 'x-request-id': 'has spaces <>' } });

      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  describe('paths and methods', () => {
    it.each([
      '/',
      '/nowhere',
      '/console/api/does-not-exist',
      '/v1/runs/',
      '/console/api/things/not-a-uuid',
      '/files/a%00b/preview',
      '/files/%zz/preview',
      '/files//preview',
    ])('should answer HTML 404 for %s', async (path) => {
      const response = await call(path);

      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toContain('<title>404 Not Found</title>');
    });

    it('should answer JSON 405 with what is allowed for a wrong method', async () => {
      const response = await call('/console/api/things', { method: 'DELETE' });

      expect(response.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
      await expectJson(response, 405, { code: 'method_not_allowed', status: 405 });
    });

    it('should take duplicate slashes and HEAD', async () => {
      expect((await call('//health')).status).toBe(200);
      expect((await call('/health', { method: 'HEAD' })).status).toBe(200);
    });

    it('should take parameters of 5,000 characters', async () => {
      const response = await call(`/console/api/things/text/${'x'.repeat(5000)}`, { method: 'PATCH', headers: MEMBER });

      expect(await response.json()).toEqual({ length: 5000 });
    });

    it.each(['langgenius/openai/openai', 'langgenius%2Fopenai%2Fopenai'])('should take the provider id %s', async (id) => {
      const response = await call(`/console/api/workspaces/current/model-providers/${id}/models`, { headers: MEMBER });

      expect(await response.json()).toEqual({ provider: 'langgenius/openai/openai' });
    });

    it('should take a provider id of one word', async () => {
      const response = await call('/console/api/workspaces/current/model-providers/builtin/models', { headers: MEMBER });

      expect(await response.json()).toEqual({ provider: 'builtin' });
    });
  });

  describe('who may call', () => {
    it('should ask for a credential before it looks at the body', async () => {
      const response = await post('/v1/runs', '{broken');

      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="api"');
      await expectJson(response, 401, { code: 'unauthorized', status: 401 });
    });

    it('should refuse a role that may not, before it looks at the body', async () => {
      await expectJson(await post('/console/api/things', {}, MEMBER), 403, { code: 'forbidden', status: 403 });
    });

    it('should let a role that may', async () => {
      const response = await post('/console/api/things', { query: 'q', inputs: {} }, { authorization: 'Bearer console-editor' });

      expect(response.status).toBe(200);
    });

    it('should answer 204 without a body', async () => {
      const response = await call(`/console/api/things/${THING}`, {
        method: 'DELETE',
        headers: { authorization: 'Bearer console-owner', ...JSON_TYPE },
      });

      expect(response.status).toBe(204);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.text()).toBe('');
    });

    it('should answer 500 and not let anybody in where nothing authenticates', async () => {
      await expectJson(await call('/v1/runs/dataset'), 500, { code: 'unknown', message: 'Internal Server Error' });
    });
  });

  describe('bodies and queries', () => {
    it('should give defaults, keep free-form values and drop unknown fields', async () => {
      const inputs = { constructor: { prototype: 1 }, nested: { deep: [1, { toString: 'x' }] } };
      const body = (await (await post('/v1/runs', { query: 'q', inputs, user: 'u1', stranger: 1 }, KEY)).json()) as Record<string, unknown>;

      expect(body).toMatchObject({
        query: 'q',
        inputs,
        limit: 20,
        user: 'u1',
        context: { tenantId: expect.any(String), requestId: expect.any(String) },
      });
      expect(body).not.toHaveProperty('stranger');
    });

    it('should keep __proto__ keys as data and pollute nothing', async () => {
      const response = await post('/v1/runs', '{"query":"q","__proto__":{"polluted":1},"inputs":{"__proto__":{"polluted":1},"a":1}}', KEY);

      expect(response.status).toBe(200);
      expect(await response.text()).toContain('"__proto__":{"polluted":1}');
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });

    it.each([
      ['a missing field', { inputs: {} }],
      ['a wrong type', { query: 1, inputs: {} }],
      ['a free-form field that is no object', { query: 'q', inputs: 'text' }],
      ['a free-form field that is a list', { query: 'q', inputs: [] }],
      ['a number out of bounds', { query: 'q', inputs: {}, limit: 101 }],
      ['null', null],
      ['a list', []],
      ['a text', '"text"'],
    ])('should answer 400 invalid_param for %s', async (_, body) => {
      const response = await post('/v1/runs', body, KEY);

      await expectJson(response, 400, { code: 'invalid_param', status: 400 });
    });

    it.each([
      ['broken JSON', '{bad', 'application/json', 400, 'bad_request'],
      ['an empty body', '', 'application/json', 400, 'bad_request'],
      ['another content type', 'a=b', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
      ['a form', '--x--', 'multipart/form-data; boundary=x', 415, 'unsupported_media_type'],
    ])('should answer %s as the contract does', async (_, body, type, status, code) => {
      await expectJson(await call('/v1/runs', { method: 'POST', headers: { ...KEY, 'content-type': type }, body }), status, {
        code,
        status,
      });
    });

    it('should answer 415 when there is no body at all', async () => {
      await expectJson(await call('/v1/runs', { method: 'POST', headers: KEY }), 415, { code: 'unsupported_media_type' });
    });

    it('should take a missing body where it is optional', async () => {
      expect((await call('/v1/runs/t/stop', { method: 'POST', headers: KEY })).status).toBe(200);
      expect((await call('/v1/runs/t/stop', { method: 'POST', headers: { ...KEY, ...JSON_TYPE } })).status).toBe(200);
    });

    it('should read numbers, booleans and lists of a query by their types', async () => {
      const response = await call('/console/api/things?page=3&page=4&archived=false&tags=a&keyword=%00x%ED%A0%80', { headers: MEMBER });

      expect(await response.json()).toMatchObject({
        page: 3,
        archived: false,
        tags: ['a'],
        keyword: expect.not.stringContaining('\u0000'),
      });
    });

    it.each(['page=0', 'page=x', 'page=', 'archived=perhaps'])('should answer 400 for the query %s', async (query) => {
      await expectJson(await call(`/console/api/things?${query}`, { headers: MEMBER }), 400, { code: 'invalid_param' });
    });

    it('should strip NUL and mend lone surrogates', async () => {
      const body = (await (await post('/v1/runs', '{"query":"a\\u0000b\\ud800","inputs":{"k\\u0000":"\\udc00"}}', KEY)).json()) as Record<
        string,
        unknown
      >;

      expect(body).toMatchObject({ query: 'ab\ufffd', inputs: { k: '\ufffd' } });
    });

    it.each([
      ['with a key', 'k-1', 200, 'k-1'],
      ['with the longest key', 'k'.repeat(255), 200, 'k'.repeat(255)],
      ['with a longer one', 'k'.repeat(256), 400, undefined],
      ['with a space in it', 'a b', 400, undefined],
    ])('should read the Idempotency-Key %s', async (_, key, status, expected) => {
      const response = await post('/v1/runs', { query: 'q', inputs: {} }, { ...KEY, 'idempotency-key': key });

      expect(response.status).toBe(status);
      expect(((await response.json()) as { key?: string }).key).toBe(expected);
    });
  });

  describe('errors', () => {
    it('should give code, message and status of an AppError and keep its cause', async () => {
      const response = await call('/faults/app-error');
      const text = await response.clone().text();

      await expectJson(response, 418, { code: 'short_and_stout', message: 'No coffee here.', status: 418 });
      expect(text).not.toContain('cause');
    });

    it('should not tell what a bug was', async () => {
      const response = await call('/faults/bug');

      expect(response.status).toBe(500);
      expect(await response.json()).toEqual({ message: 'Internal Server Error', code: 'unknown', status: 500 });
    });

    it('should carry the error object on routes that ask for it, and 422 for wrong fields', async () => {
      await expectJson(await post('/console/api/setup', {}), 422, {
        code: 'invalid_param',
        status: 422,
        error: { type: 'validation_error', message: 'Unprocessable Entity', status: 422, details: expect.any(String) },
      });
    });
  });

  describe('CORS', () => {
    const preflight = (path: string, origin: string) =>
      call(path, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-csrf-token' },
      });

    it.each([
      ['/console/api/things', 'http://localhost:3000', 'http://localhost:3000', 'true', 'content-type, x-csrf-token'],
      ['/v1/runs', 'http://localhost:3000', '*', null, 'content-type'],
      ['/api/site', 'http://evil.example', '*', null, 'content-type, x-csrf-token'],
      ['/files/x/preview', 'http://evil.example', '*', null, 'content-type, x-csrf-token'],
      ['/console/api/things', 'http://evil.example', null, null, null],
      ['/health', 'http://localhost:3000', null, null, null],
    ])('should answer a preflight of %s from %s', async (path, origin, allowed, credentials, headers) => {
      const response = await preflight(path, origin);

      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
      expect(response.headers.get('access-control-allow-credentials')).toBe(credentials);
      expect(response.headers.get('access-control-allow-headers')).toBe(headers);
    });

    it('should let pages read errors and unknown versions, too', async () => {
      const response = await call('/v1/runs', { method: 'POST', headers: { origin: 'http://x.example' } });

      expect(response.status).toBe(401);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-expose-headers')).toContain('X-Version');
    });

    it('should answer 404 to a preflight of nothing', async () => {
      expect((await preflight('/v1/nothing', 'http://x.example')).status).toBe(404);
    });
  });

  describe('health', () => {
    it('should say that the process is alive', async () => {
      expect(await (await call('/health')).json()).toEqual({ pid: process.pid, status: 'ok', version: '1.13.2' });
    });

    it('should have no metrics without a token set', async () => {
      expect((await call('/metrics')).status).toBe(404);
    });
  });
});
