import { rawRequest } from '../../support/raw-request.js';
import { type SampleApp, startSampleApp } from './support/sample-app.js';

const KEY = 'authorization: Bearer app-good\r\ncontent-type: application/json\r\nhost: x\r\n';

describe('hostile requests', () => {
  let sample: SampleApp;
  beforeAll(
    async () =>
      (sample = await startSampleApp({
        HTTP_BODY_LIMIT: String(12 * 1024 * 1024),
        HTTP_UPLOAD_LIMIT: '2000000',
        HTTP_REQUEST_TIMEOUT_MS: '1500',
        HTTP_HEADERS_TIMEOUT_MS: '1000',
      })),
  );
  afterAll(() => sample.app.close());
  // Whatever was sent, the next caller is served.
  afterEach(async () => expect((await fetch(`${sample.url}/health`)).status).toBe(200));

  const post = (body: string, path = '/v1/runs') =>
    fetch(`${sample.url}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer app-good', 'content-type': 'application/json' },
      body,
    });
  const nested = (depth: number) => `{"query":"q","inputs":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;

  it.each([
    [199, 200],
    [200, 400],
    [10_000, 400],
    [100_000, 400],
  ])('should answer a nesting of %i below the body with %i', async (depth, status) => {
    const response = await post(nested(depth));

    expect(response.status).toBe(status);
  });

  it('should take a text of 10 MB', async () => {
    const response = await post(JSON.stringify({ query: 'x'.repeat(10 * 1024 * 1024), inputs: {} }));

    expect(response.status).toBe(200);
  });

  it('should answer 413 JSON to a body over the limit', async () => {
    const text = await rawRequest(sample.port, [`POST /v1/runs HTTP/1.1\r\n${KEY}content-length: 99999999\r\n\r\n{`], /"status":413/);

    expect(text).toMatch(/^HTTP\/1\.1 413 [^]*"code":"request_entity_too_large"/);
  });

  it('should answer 413 to a chunked body that grows over the limit', async () => {
    const chunk = `${(1024 * 1024).toString(16)}\r\n${' '.repeat(1024 * 1024)}\r\n`;
    const text = await rawRequest(
      sample.port,
      [`POST /v1/runs HTTP/1.1\r\n${KEY}transfer-encoding: chunked\r\n\r\n`, ...Array<string>(13).fill(chunk)],
      /"status":413/,
    );

    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('should answer 408 to a chunked body that never ends', async () => {
    const text = await rawRequest(sample.port, [`POST /v1/runs HTTP/1.1\r\n${KEY}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`]);

    expect(text).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request_timeout"/);
  });

  it('should answer 408 to a body shorter than its Content-Length', async () => {
    const text = await rawRequest(sample.port, [`POST /v1/runs HTTP/1.1\r\n${KEY}content-length: 500\r\n\r\n{"query":"q","inputs":{}}`]);

    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('should not take the rest of a body longer than its Content-Length as part of it', async () => {
    const text = await rawRequest(sample.port, [`POST /v1/runs HTTP/1.1\r\n${KEY}content-length: 4\r\n\r\n{"query":"q","inputs":{}}`]);

    expect(text).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('should answer 408 to headers that never end', async () => {
    expect(await rawRequest(sample.port, ['GET /health HTTP/1.1\r\nhost: x\r\nx-slow: '])).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('should answer 431 JSON to headers of 64 KB', async () => {
    const text = await rawRequest(sample.port, [`GET /health HTTP/1.1\r\nhost: x\r\nx-large: ${'x'.repeat(64 * 1024)}\r\n\r\n`]);

    expect(text).toMatch(/^HTTP\/1\.1 431 [^]*content-type: application\/json[^]*"status":431/);
  });

  it.each([
    ['what is no HTTP', 'hello\r\n\r\n'],
    ['both lengths', `POST /v1/runs HTTP/1.1\r\n${KEY}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['two lengths', `POST /v1/runs HTTP/1.1\r\n${KEY}content-length: 3\r\ncontent-length: 4\r\n\r\n{}  `],
    ['a broken chunk', `POST /v1/runs HTTP/1.1\r\n${KEY}transfer-encoding: chunked\r\n\r\nzz\r\n`],
    ['NUL in a header', 'GET /health HTTP/1.1\r\nhost: x\r\nx-a: \u0000\r\n\r\n'],
  ])('should answer 400 to %s', async (_, bytes) => {
    expect(await rawRequest(sample.port, [bytes], /\}$/)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('should say that a Host header is missing, for HTTP/1.1 alone', async () => {
    expect(await rawRequest(sample.port, ['GET /health HTTP/1.1\r\n\r\n'])).toMatch(
      /^HTTP\/1\.1 400 [^]*x-version: [^]*content-type: application\/json[^]*\{"code":"host_header_missing","message":".+","status":400\}$/,
    );
    expect(await rawRequest(sample.port, ['GET /health HTTP/1.0\r\n\r\n'])).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('should refuse an expectation that it can not meet, and go on after 100-continue', async () => {
    const send = (expected: string) =>
      rawRequest(
        sample.port,
        [`POST /v1/runs HTTP/1.1\r\n${KEY}expect: ${expected}\r\ncontent-length: 26\r\n\r\n{"query":"q","inputs":{} }`],
        /\}$/,
      );

    expect(await send('200-ok')).toMatch(/^HTTP\/1\.1 417 [^]*\{"code":"expectation_failed","message":".+","status":417\}$/);
    expect(await send('100-continue')).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });

  describe.each(['QUERY', 'PROPFIND', 'TRACE', 'LOCK', 'BREW', 'VERSION-CONTROL'])('the method %s', (method) => {
    const send = (path: string, rest = '') =>
      rawRequest(sample.port, [`${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${rest}\r\n`]);

    it('should be 405 on a path that there is, whatever the body', async () => {
      const refused = /^HTTP\/1\.1 405 [^]*allow: POST, OPTIONS\r\n[^]*\{"code":"method_not_allowed","message":".+","status":405\}$/;

      expect(await send('/v1/runs')).toMatch(refused);
      expect(await send('/v1/runs?a=b')).toMatch(refused);
      expect(await send('/v1/runs', 'content-type: application/json\r\ncontent-length: 1\r\n\r\n{')).toMatch(refused);
    });

    it('should be the 404 of an unknown path elsewhere', async () => {
      expect(await send('/v1/nothing')).toMatch(/^HTTP\/1\.1 404 [^]*content-type: text\/html[^]*<h1>Not Found<\/h1>/);
    });
  });

  it('should be no proxy', async () => {
    expect(await rawRequest(sample.port, ['CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n'])).toMatch(
      /^HTTP\/1\.1 405 [^]*"code":"method_not_allowed"/,
    );
  });

  it('should answer 400 to bytes that are no UTF-8', async () => {
    const response = await fetch(`${sample.url}/v1/runs`, {
      method: 'POST',
      headers: { authorization: 'Bearer app-good', 'content-type': 'application/json' },
      body: Buffer.from([0xff, 0xfe, 0x7b]),
    });

    expect(response.status).toBe(400);
  });

  it('should take the last of duplicate keys', async () => {
    expect(await (await post('{"query":"a","query":"b","inputs":{},"inputs":{"c":1}}')).json()).toMatchObject({
      query: 'b',
      inputs: { c: 1 },
    });
  });

  it('should take many keys and long lists without choking', async () => {
    const inputs = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, i]));

    expect((await post(JSON.stringify({ query: 'q', inputs }))).status).toBe(200);
  });

  describe('multipart forms', () => {
    const send = (form: FormData, headers: Record<string, string> = {}) =>
      fetch(`${sample.url}/v1/runs/upload`, { method: 'POST', headers: { authorization: 'Bearer app-good', ...headers }, body: form });
    const form = (size: number, name = 'a.txt') => {
      const data = new FormData();
      data.append('file', new Blob([new Uint8Array(size)]), name);
      data.append('user', 'u1');
      return data;
    };

    it.each([0, 10, 300_000, 1_900_000])('should take a file of %i bytes and the fields behind it', async (size) => {
      const response = await send(form(size));

      expect(response.status).toBe(201);
      expect(await response.json()).toMatchObject({ name: 'a.txt', size, bytes: size, user: 'u1' });
    });

    it('should answer 413 to a larger form', async () => {
      const response = await send(form(2_100_000));

      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ code: 'request_entity_too_large' });
    });

    it('should take JSON for an empty form', async () => {
      const response = await post('{"file":"x"}', '/v1/runs/upload');

      expect(response.status).toBe(201);
      expect(await response.json()).toEqual({ fields: {} });
    });

    it('should ask for the key before it reads the form', async () => {
      expect((await send(form(2_100_000), { authorization: 'Bearer app-bad' })).status).toBe(401);
    });

    it.each([
      ['a form that breaks off', '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc'],
      ['a form without its boundary', 'nothing here'],
      ['a field named __proto__', '--x\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\nabc\r\n--x--\r\n'],
    ])('should answer 400 to %s', async (_, body) => {
      const response = await fetch(`${sample.url}/v1/runs/upload`, {
        method: 'POST',
        headers: { authorization: 'Bearer app-good', 'content-type': 'multipart/form-data; boundary=x' },
        body,
      });

      expect(response.status).toBe(400);
    });
  });
});
