import { WorkflowHttpError } from '../../ports/http.port.js';
import { fileValue, MemoryFiles } from '../../testing/memory-files.js';
import { graphOf } from '../../testing/graph.factory.js';
import { MockHttp } from '../../testing/mock-http.js';
import { httpData } from '../../testing/node-data.js';
import { runGraph, type HarnessOptions, type Told } from '../../testing/workflow.harness.js';

type Data = Record<string, unknown>;

interface Options extends HarnessOptions {
  http?: MockHttp;
  files?: MemoryFiles;
  values?: Record<string, unknown>;
}

function run(
  data: Data,
  { http = new MockHttp(), files = new MemoryFiles(), values = { q: 'abc' }, ...rest }: Options = {},
): Promise<Told> {
  const graph = graphOf(
    {
      start: { type: 'start' },
      h: httpData(data),
      end: {
        type: 'end',
        outputs: ['status_code', 'body', 'headers', 'files', 'error_type', 'error_message'].map((name) => ({
          variable: name,
          value_selector: ['h', name],
        })),
      },
    },
    ['start -> h -> end', ...(data.error_strategy === 'fail-branch' ? ['h:fail-branch -> end'] : [])],
  );
  return runGraph(graph, { ports: { http, files }, run: { system: values }, ...rest });
}

const body = (type: string, ...data: Data[]): Data => ({ method: 'post', body: { type, data } });
const text = (key: string, value: string): Data => ({ type: 'text', key, value });
const finished = (told: Told) => {
  const event = told.events.find((candidate) => candidate.type === 'node_finished' && candidate.nodeId === 'h');
  if (event?.type !== 'node_finished') throw new Error('The node did not end.');
  return event;
};
const logOf = (told: Told): string => finished(told).processData?.request as string;
const failure = { error_strategy: 'fail-branch' };
const key = (type: string, apiKey: string, header = ''): Data => ({
  authorization: { type: 'api-key', config: { type, api_key: apiKey, header } },
});

describe('http-request', () => {
  describe('what is sent', () => {
    it('should fill URL, parameters, headers and key (trace nodes/http-request)', async () => {
      const http = new MockHttp({ headers: { 'content-type': 'application/json' }, body: '{"ok": true}' });

      const told = await run(
        {
          url: 'http://127.0.0.1:9911/echo/{{#sys.q#}}',
          params: 'a:1\nb:{{#sys.q#}}',
          headers: 'x-test: {{#sys.q#}}',
          ...key('bearer', 'tok'),
        },
        { http },
      );

      expect(http.sent).toMatchObject({
        method: 'GET',
        url: 'http://127.0.0.1:9911/echo/abc?a=1&b=abc',
        headers: { 'x-test': 'abc', Authorization: 'Bearer tok' },
        body: null,
        verifyTls: true,
        timeouts: { connectMs: 10_000, readMs: 600_000, writeMs: 600_000, totalMs: 610_000 },
      });
      expect(logOf(told)).toBe(
        'GET /echo/abc?a=1&b=abc HTTP/1.1\r\nHost: 127.0.0.1:9911\r\nx-test: abc\r\nAuthorization: **********\r\n\r\n',
      );
      expect(finished(told).inputs).toEqual({});
      expect(told.end.outputs).toMatchObject({
        status_code: 200,
        body: '{"ok": true}',
        headers: { 'content-type': 'application/json' },
        files: [],
      });
    });

    it('should send JSON compact and log it as Python writes it (trace nodes/http-request-post)', async () => {
      const http = new MockHttp();

      const told = await run({ url: 'http://127.0.0.1:9911/post', ...body('json', text('', '{"a": "{{#sys.q#}}"}')) }, { http });

      expect(http.sent).toMatchObject({ text: '{"a":"abc"}', headers: { 'Content-Type': 'application/json' } });
      expect(logOf(told)).toBe(
        'POST /post HTTP/1.1\r\nHost: 127.0.0.1:9911\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"a": "abc"}',
      );
    });

    it('should repair JSON that a variable has broken', async () => {
      const http = new MockHttp();

      await run(body('json', text('', '{"a": "{{#sys.q#}}", "n": 1.0,}')), { http, values: { q: 'two\nlines, "quoted"' } });

      expect(http.sent.text).toBe(String.raw`{"a":"two\nlines, \"quoted\"","n":1.0}`);
    });

    it('should encode forms (trace nodes/http-request-form)', async () => {
      const http = new MockHttp();

      const told = await run(
        { url: 'http://127.0.0.1:9911/post', ...body('x-www-form-urlencoded', text('k', '{{#sys.q#}}')) },
        { http, values: { q: 'a b' } },
      );

      expect(http.sent.text).toBe('k=a+b');
      expect(logOf(told)).toBe(
        'POST /post HTTP/1.1\r\nHost: 127.0.0.1:9911\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\nk=a+b',
      );
    });

    it('should send texts as they are, with the media type of the node', async () => {
      const http = new MockHttp();

      await run({ ...body('raw-text', text('', '<a>ü</a>')), headers: 'content-type: text/xml' }, { http });

      expect(http.sent).toMatchObject({ text: '<a>ü</a>', headers: { 'content-type': 'text/xml' } });
    });

    it('should read the one text of old files', async () => {
      const http = new MockHttp();

      await run({ method: 'POST', body: { type: 'json', data: '{"old": {{#sys.q#}}}' } }, { http, values: { q: 7 } });

      expect(http.sent.text).toBe('{"old":7}');
    });

    it('should send texts and files as a form, whatever media type the node has', async () => {
      const http = new MockHttp();
      const files = new MemoryFiles({ 'cat.png': Buffer.from([1, 0, 255]), 'a.txt': 'A', 'b"c.txt': 'B' });
      const list = [fileValue({ filename: 'a.txt', mimeType: 'text/plain' }), fileValue({ filename: 'b"c.txt', mimeType: null })];

      const told = await run(
        {
          ...body(
            'form-data',
            text('note', '{{#sys.q#}}'),
            { type: 'file', key: 'one', file: ['sys', 'one'] },
            { type: 'file', key: 'many', file: ['sys', 'many'] },
            { type: 'file', key: 'none', file: ['sys', 'gone'] },
          ),
          headers: 'Content-Type: text/plain',
        },
        { http, files, values: { q: 'abc', one: fileValue(), many: list } },
      );

      const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(http.sent.headers['Content-Type'] ?? '')?.[1] ?? '';
      const part = (name: string, content: string, type = ''): string =>
        `--${boundary}\r\nContent-Disposition: form-data; name=${name}\r\n${type && `Content-Type: ${type}\r\n`}\r\n${content}\r\n`;
      expect(Object.keys(http.sent.headers)).toEqual(['Content-Type']);
      expect(Buffer.from(http.sent.body ?? []).toString('latin1')).toBe(
        [
          part('"note"', 'abc'),
          part('"one"; filename="cat.png"', '\u0001\u0000ÿ', 'image/png'),
          part('"many"; filename="a.txt"', 'A', 'text/plain'),
          part('"many"; filename="b%22c.txt"', 'B', 'application/octet-stream'),
          `--${boundary}--\r\n`,
        ].join(''),
      );
      expect(logOf(told)).toContain(
        `--${boundary}\r\nContent-Disposition: form-data; name="one"\r\n\r\n<file: 'cat.png', type='image/png', size=3 bytes>`,
      );
    });

    it('should keep a form without parts a form', async () => {
      const http = new MockHttp();

      await run(body('form-data'), { http });

      expect(http.sent.headers['Content-Type']).toMatch(/^multipart\/form-data; boundary=/);
      expect(http.sent.text).toContain('__multipart_placeholder__');
    });

    it('should send the bytes of a file', async () => {
      const http = new MockHttp();

      const told = await run(body('binary', { type: 'file', key: '', file: ['sys', 'f'] }), {
        http,
        files: new MemoryFiles({ 'cat.png': Buffer.from([9, 8]) }),
        values: { f: fileValue() },
      });

      expect(http.sent.body).toEqual(Buffer.from([9, 8]));
      expect(http.sent.headers).toEqual({});
      expect(logOf(told)).toContain("<file: 'cat.png', type='image/png', size=2 bytes>");
    });

    it('should take headers from a variable line by line, the last of a name, and values of parameters whole', async () => {
      const http = new MockHttp();

      await run(
        { url: 'http://x.test/p?z=0', headers: '{{#sys.h#}}\nX-A: 2\n: no name\n', params: 'l:{{#sys.h#}}\nl:2\n:3\nt' },
        { http, values: { h: 'x-a:1\nX-B: b:c' } },
      );

      expect(http.sent.headers).toEqual({ 'X-A': '2', 'X-B': 'b:c' });
      expect(http.sent.url).toBe('http://x.test/p?z=0&l=x-a%3A1%0AX-B%3A+b%3Ac&l=2&t=');
    });

    it('should leave out headers of the connection, which pasted commands bring along', async () => {
      const http = new MockHttp();

      await run({ headers: 'Connection: keep-alive\nContent-Length: 5\nTransfer-Encoding: chunked\nAccept: */*' }, { http });

      expect(http.sent.headers).toEqual({ Accept: '*/*' });
    });

    it.each([
      ['basic', 'me:pass', '', { Authorization: `Basic ${Buffer.from('me:pass').toString('base64')}` }],
      ['basic', 'bWU6cGFzcw==', '', { Authorization: 'Basic bWU6cGFzcw==' }],
      ['bearer', '{{#sys.q#}}', '', { Authorization: 'Bearer abc' }],
      ['custom', 'k', 'X-Key', { 'X-Key': 'k' }],
    ])('should authorise by %s %s %s', async (type, apiKey, header, headers) => {
      const http = new MockHttp();

      await run({ ...key(type, apiKey, header), headers: 'authorization: own' }, { http });

      expect(http.sent.headers).toEqual(header === '' ? headers : { authorization: 'own', ...headers });
    });

    it('should take time-outs in seconds, and leave certificates alone when told to', async () => {
      const http = new MockHttp();

      await run({ timeout: { connect: 1, read: '2.5', write: 0 }, ssl_verify: false }, { http });

      expect(http.sent).toMatchObject({
        verifyTls: false,
        timeouts: { connectMs: 1000, readMs: 2500, writeMs: 600_000, totalMs: 601_000 },
      });
    });

    it('should wait no longer than a timer can', async () => {
      const http = new MockHttp();

      await run({ timeout: { connect: 1e9, read: 1e12, write: 1 } }, { http });

      expect(Math.max(...Object.values(http.sent.timeouts))).toBe(2 ** 31 - 1);
    });

    it('should reveal secrets on the way out only', async () => {
      const http = new MockHttp((call) => ({
        body: `you sent ${call.url} ${call.headers.Authorization ?? ''} ${Buffer.from(call.body ?? []).toString()}`,
      }));
      const secret = 'pass"wörd 123';

      const told = await run(
        {
          url: 'http://x.test/{{#env.KEY#}}',
          params: 'k:{{#env.KEY#}}',
          headers: 'x-key: {{#env.KEY#}}',
          ...key('basic', 'me:{{#env.KEY#}}'),
          ...body('x-www-form-urlencoded', text('k', '{{#env.KEY#}}')),
        },
        { http, run: { system: {}, environment: [{ name: 'KEY', type: 'secret', value: secret }] } },
      );

      expect(http.sent.headers['x-key']).toBe(secret);
      expect(new URL(http.sent.url).searchParams.get('k')).toBe(secret);
      expect(new URLSearchParams(http.sent.text).get('k')).toBe(secret);
      expect(Buffer.from((http.sent.headers.Authorization ?? '').slice(6), 'base64').toString()).toBe(`me:${secret}`);
      expect(logOf(told)).toContain(
        'POST /{{#env.KEY#}}?k={{#env.KEY#}} HTTP/1.1\r\nHost: x.test\r\nx-key: {{#env.KEY#}}\r\nAuthorization: ***',
      );
      expect(logOf(told).endsWith('\r\n\r\nk={{#env.KEY#}}')).toBe(true);
      expect(JSON.stringify(told.events)).not.toContain(JSON.stringify(secret).slice(1, -1));
      // The server has told the address and the form, where it stands as addresses and forms have it.
      expect(told.end.outputs.body).toContain('you sent http://x.test/{{#env.KEY#}}?k={{#env.KEY#}} Basic ');
      expect(JSON.stringify(told.events)).not.toMatch(/pass(?:%22|"|\\")w/);
    });

    it('should not store a secret as the name of a file', async () => {
      const files = new MemoryFiles();
      const http = new MockHttp(({ headers }) => ({
        headers: { 'content-disposition': `attachment; filename="${headers['x-key'] ?? ''}.pdf"` },
        body: '%PDF',
      }));

      await run(
        { headers: 'x-key: {{#env.KEY#}}' },
        { http, files, run: { system: {}, environment: [{ name: 'KEY', type: 'secret', value: 'sk-12345' }] } },
      );

      expect(files.stored[0]).toMatchObject({ filename: '{{#env.KEY#}}.pdf', mimeType: 'application/pdf' });
    });

    it('should put a secret into JSON as the value that it is', async () => {
      const http = new MockHttp();

      const told = await run(body('json', text('', '{"pin": {{#env.PIN#}}, "key": "{{#env.PIN#}}"}')), {
        http,
        run: { system: {}, environment: [{ name: 'PIN', type: 'secret', value: '987654' }] },
      });

      expect(http.sent.text).toBe('{"pin":987654,"key":"987654"}');
      expect(logOf(told)).toContain('{"pin": {{#env.PIN#}}, "key": "{{#env.PIN#}}"}');
    });
  });

  describe('what comes back', () => {
    it('should keep a picture as a file (trace nodes/http-request-file)', async () => {
      const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
      const files = new MemoryFiles();
      const http = new MockHttp({ headers: { 'content-type': 'image/png', 'content-length': '4' }, body: bytes });

      const told = await run({ url: 'http://127.0.0.1:9911/image.png' }, { http, files });

      expect(files.stored).toEqual([{ bytes, mimeType: 'image/png', filename: null, type: 'image' }]);
      expect(JSON.parse(JSON.stringify(told.end.outputs))).toMatchObject({
        status_code: 200,
        body: '',
        files: [{ type: 'image', transfer_method: 'tool_file', mime_type: 'image/png', size: 4 }],
      });
    });

    it.each<[string, Record<string, string>, string | Uint8Array, boolean]>([
      ['attachment', { 'content-disposition': 'attachment', 'content-type': 'text/plain' }, 'x', true],
      ['a named one', { 'content-disposition': 'inline; filename="a.json"', 'content-type': 'application/json' }, '{}', true],
      ['HTML', { 'content-type': 'text/html; charset=utf-8' }, '<p>', false],
      ['problem+json', { 'content-type': 'application/problem+json' }, '{}', false],
      ['text under another name', { 'content-type': 'application/octet-stream' }, 'const a = 1', false],
      ['UTF-8 without marks of text', { 'content-type': 'application/octet-stream' }, 'plain words', true],
      ['binary', { 'content-type': 'application/pdf' }, Buffer.from([0xff, 0xfe, 0x7b]), true],
      ['audio', { 'content-type': 'audio/mpeg' }, 'x', true],
      ['a font', { 'content-type': 'font/woff2' }, 'x', false],
      ['no type', {}, 'x', false],
    ])('should tell files from texts: %s', async (_, headers, content, isFile) => {
      const files = new MemoryFiles();

      await run({}, { http: new MockHttp({ headers, body: content }), files });

      expect(files.stored).toHaveLength(isFile ? 1 : 0);
    });

    it.each([
      [`attachment; filename="r.pdf"`, 'r.pdf', 'application/pdf', 'document'],
      [`attachment; filename*=UTF-8''na%C3%AFve.csv; filename="x.bin"`, 'naïve.csv', 'text/csv', 'document'],
      [`attachment; filename="../../etc/passwd"`, 'passwd', 'application/x-thing', 'custom'],
      [`attachment`, null, 'application/x-thing', 'custom'],
    ])('should name the file of %s', async (disposition, filename, mimeType, type) => {
      const files = new MemoryFiles();
      const headers = { 'content-disposition': disposition, 'content-type': 'application/x-thing' };

      await run({}, { http: new MockHttp({ headers, body: 'x' }), files });

      expect(files.stored).toMatchObject([{ filename, mimeType, type }]);
    });

    it.each([
      ['text/plain; charset=gb18030', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), '你好'],
      ['text/plain', Buffer.from('ü'), 'ü'],
      ['text/plain', Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'café'],
      ['text/plain; charset=nonsense', Buffer.from('ü'), 'ü'],
    ])('should decode %s', async (type, bytes, expected) => {
      const told = await run({}, { http: new MockHttp({ headers: { 'content-type': type }, body: bytes }) });

      expect(told.end.outputs.body).toBe(expected);
    });

    it.each([404, 301, 401])('should take status %i as it is where nothing is done about failures', async (status) => {
      const told = await run({}, { http: new MockHttp({ status, body: 'no' }) });

      expect(told.end).toMatchObject({ type: 'run_succeeded', outputs: { status_code: status, body: 'no' } });
    });

    it('should fail for status 404 where a strategy is set, and keep what came', async () => {
      const told = await run(failure, { http: new MockHttp({ status: 404, body: 'no' }) });

      expect(told.end.outputs).toMatchObject({
        error_message: 'Request failed with status code 404',
        error_type: 'HTTPResponseCodeError',
      });
      expect(finished(told)).toMatchObject({ status: 'exception', processData: { request: expect.stringContaining('GET / HTTP/1.1') } });
    });

    it('should keep status and body of a failure that is retried in vain', async () => {
      const told = await run(
        { retry_config: { retry_enabled: true, max_retries: 1, retry_interval: 1 } },
        { http: new MockHttp({ status: 404, body: 'no' }) },
      );

      expect(told.end).toMatchObject({ type: 'run_failed', error: 'Request failed with status code 404' });
      expect(finished(told).outputs).toMatchObject({ status_code: 404, body: 'no' });
    });

    it.each([429, 500, 502, 503, 504])(
      'should fail for status %i without reading on (trace nodes/http-request-status-500)',
      async (status) => {
        const http = new MockHttp({ status, body: 'broken' });

        const told = await run({ url: 'http://127.0.0.1:9911/status/500', params: 'a:1' }, { http });

        expect(told.end).toMatchObject({
          type: 'run_failed',
          error: 'Reached maximum retries for URL http://127.0.0.1:9911/status/500',
          errorType: 'HttpRequestNodeError',
        });
        expect(finished(told).processData).toEqual({ request: 'GET /status/500?a=1 HTTP/1.1\r\nHost: 127.0.0.1:9911\r\n\r\n' });
        expect(http.discarded).toBe(1);
      },
    );

    it('should work at the third attempt (trace nodes/http-request-retry)', async () => {
      const http = new MockHttp((_, count) => ({ status: count < 3 ? 500 : 200, body: 'at last' }));

      const told = await run({ retry_config: { retry_enabled: true, max_retries: 3, retry_interval: 100 } }, { http });

      expect(told.lines.filter((line) => line === 'node_retry h')).toHaveLength(2);
      expect(told.end).toMatchObject({ type: 'run_partially_succeeded', exceptionsCount: 2, outputs: { body: 'at last' } });
    });

    it('should take defaults when nobody listens (trace nodes/http-request-default-value)', async () => {
      const http = new MockHttp(new WorkflowHttpError('connect', '[Errno 111] Connection refused'));

      const told = await run(
        {
          url: 'http://127.0.0.1:1/',
          error_strategy: 'default-value',
          default_value: [
            { key: 'body', type: 'string', value: 'dflt' },
            { key: 'status_code', type: 'number', value: 0 },
            { key: 'headers', type: 'object', value: '{}' },
          ],
        },
        { http },
      );

      expect(finished(told)).toMatchObject({
        status: 'exception',
        outputs: {
          body: 'dflt',
          status_code: 0,
          headers: {},
          error_message: '[Errno 111] Connection refused',
          error_type: 'HttpRequestNodeError',
        },
        processData: { request: 'GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n' },
      });
      expect(told.end).toMatchObject({ type: 'run_partially_succeeded', exceptionsCount: 1 });
    });

    it('should say that an address is closed', async () => {
      const told = await run(failure, { http: new MockHttp(new WorkflowHttpError('denied', 'Requests to 10.0.0.1 are not allowed')) });

      expect(told.end.outputs).toMatchObject({ error_type: 'ToolSSRFError', error_message: 'Requests to 10.0.0.1 are not allowed' });
    });
  });

  describe('sizes', () => {
    const endless = (piece: Uint8Array): Iterable<Uint8Array> => ({
      *[Symbol.iterator]() {
        for (;;) yield piece;
      },
    });

    it.each<[string, Record<string, string>, Uint8Array, string]>([
      ['a text', { 'content-type': 'text/plain' }, Buffer.alloc(64 * 1024, 'x'), 'Text size is too large, max size is 1.00 MB'],
      ['a file', { 'content-type': 'image/png' }, Buffer.alloc(64 * 1024, 0xff), 'File size is too large, max size is 10.00 MB'],
      [
        'a lie about its length',
        { 'content-type': 'text/plain', 'content-length': '3' },
        Buffer.alloc(1000, 'x'),
        'Text size is too large',
      ],
    ])('should stop reading %s that never ends', async (_, headers, piece, message) => {
      const http = new MockHttp({ headers, body: endless(piece) });

      const told = await run(failure, { http });

      expect(told.end.outputs.error_type).toBe('ResponseSizeError');
      expect(told.end.outputs.error_message).toContain(message);
      expect(http.discarded).toBe(1);
    });

    it('should take an answer that is as long as it may be', async () => {
      const limits = { http: { connectSeconds: 1, readSeconds: 1, writeSeconds: 1, maxBinaryBytes: 10, maxTextBytes: 4, verifyTls: true } };
      const answer = (content: string): MockHttp => new MockHttp({ headers: { 'content-type': 'text/plain' }, body: content });

      expect((await run({}, { http: answer('1234'), limits })).end.type).toBe('run_succeeded');
      expect((await run({}, { http: answer('12345'), limits })).end).toMatchObject({ type: 'run_failed', errorType: 'ResponseSizeError' });
    });
  });

  describe('what can not be sent', () => {
    it.each<[string, Data, string, string | RegExp]>([
      ['no URL', { url: '' }, 'InvalidURLError', 'url is required'],
      ['a URL from nothing', { url: '{{#sys.empty#}}' }, 'InvalidURLError', 'url is required'],
      ['another scheme', { url: 'ftp://x.test/' }, 'InvalidURLError', 'url should start with http:// or https://'],
      ['a URL that is none', { url: 'http://' }, 'InvalidURLError', 'url is invalid: http://'],
      ['OPTIONS', { method: 'options' }, 'InvalidHttpMethodError', 'Invalid http method OPTIONS'],
      ['a key without settings', { authorization: { type: 'api-key', config: null } }, 'AuthorizationConfigError', /required/],
      ['a blank key', key('bearer', ' {{#sys.empty#}}'), 'AuthorizationConfigError', /required/],
      [
        'raw text of two',
        body('raw-text', text('', 'a'), text('', 'b')),
        'RequestBodyError',
        'raw-text body type should have exactly one item',
      ],
      ['JSON of none', body('json'), 'RequestBodyError', 'json body type should have exactly one item'],
      ['JSON that is none', body('json', text('', 'words')), 'RequestBodyError', 'Failed to parse JSON: words'],
      ['a missing file', body('binary', { type: 'file', file: ['sys', 'gone'] }), 'FileFetchError', /sys/],
      [
        'a key with a line break',
        key('bearer', 'tok\n'),
        'HttpRequestNodeError',
        'Invalid header value: Authorization holds a line break or a NUL',
      ],
      ['a header name with blanks', { headers: 'not a name: x' }, 'HttpRequestNodeError', 'Invalid header name: not a name'],
    ])('should fail for %s', async (_, data, type, message) => {
      const http = new MockHttp();

      const told = await run({ ...failure, ...data }, { http, values: { empty: '' } });

      expect(told.end.outputs.error_type).toBe(type);
      if (typeof message === 'string') expect(told.end.outputs.error_message).toBe(message);
      else expect(told.end.outputs.error_message).toMatch(message);
      expect(http.calls).toHaveLength(0);
    });

    it('should refuse a method that there is not when the graph is compiled', async () => {
      expect((await run({ method: 'Get' })).end).toMatchObject({ type: 'run_failed', error: expect.stringContaining('method') });
    });
  });

  it.each([
    ['get', {}, 0],
    ['HEAD', {}, 0],
    ['post', {}, 1],
    ['delete', {}, 1],
    ['put', { idempotent: true }, 0],
    ['get', { idempotent: false }, 1],
  ])('should wait before the first effect of what must not run twice: %s %j', async (method, data, waits) => {
    const order: string[] = [];
    const http = new MockHttp(() => {
      order.push('sent');
      return {};
    });
    const beforeEffect = async (): Promise<void> => {
      await Promise.resolve();
      order.push('stored');
    };

    await run({ method, ...data }, { ports: { http, files: new MemoryFiles(), beforeEffect } });

    expect(order).toEqual(waits === 1 ? ['stored', 'sent'] : ['sent']);
  });

  it('should end at once when the run is stopped', async () => {
    const controller = new AbortController();
    const http = new MockHttp((call) => ({
      body: (async function* () {
        yield Buffer.from('x');
        await new Promise((_, reject) => call.signal.addEventListener('abort', () => reject(call.signal.reason as Error)));
      })(),
    }));
    setTimeout(() => controller.abort(new Error('User requested stop')), 20);

    const told = await run({}, { http, signal: controller.signal });

    expect(told.end.type).toBe('run_aborted');
  });
});
