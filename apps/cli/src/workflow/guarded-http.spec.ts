import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import {
  CommandChannel,
  DEFAULT_LIMITS,
  NodeRegistry,
  nodeTypes,
  WorkflowEngine,
  type RunLimits,
  type WorkflowEvent,
} from '#engines/workflow';
import { EgressConfig } from '#platform/config';
import { GuardedHttp } from './guarded-http.js';
import { testCertificate, testKey } from './testing/certificate.js';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

describe('guarded-http', () => {
  let server: Server;
  let port: number;
  let handler: Handler;
  const clients: GuardedHttp[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => handler(request, response, body));
      request.on('error', () => undefined);
    });
    port = await listen(server);
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });
  afterAll(() => {
    server.close();
  });

  function http(allow: string[] = [`127.0.0.1:${port}`]): GuardedHttp {
    const client = new GuardedHttp(Object.assign(new EgressConfig(), { allow }));
    clients.push(client);
    return client;
  }

  /** Runs a graph of one http-request node that takes its fail branch. */
  async function run(
    data: Record<string, unknown>,
    limits: Partial<RunLimits['http']> = {},
    client = http(),
  ): Promise<Record<string, unknown>> {
    const engine = new WorkflowEngine({ registry: new NodeRegistry(nodeTypes) });
    const outputs = ['status_code', 'body', 'headers', 'error_message', 'error_type'].map((name) => ({
      variable: name,
      value_selector: ['h', name],
    }));
    const node = {
      type: 'http-request',
      title: 'h',
      method: 'get',
      url: `http://127.0.0.1:${port}/`,
      error_strategy: 'fail-branch',
      ...data,
    };
    const graph = engine.compile({
      nodes: [
        { id: 'start', data: { type: 'start', title: 'start', variables: [] } },
        { id: 'h', data: node },
        { id: 'end', data: { type: 'end', title: 'end', outputs } },
      ],
      edges: [
        { source: 'start', sourceHandle: 'source', target: 'h' },
        { source: 'h', sourceHandle: 'source', target: 'end' },
        { source: 'h', sourceHandle: 'fail-branch', target: 'end' },
      ],
    });
    const ports = {
      clock: { now: () => Date.now() },
      newId: () => 'id',
      sleep: (_: number, signal: AbortSignal) =>
        new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
      http: client,
    };
    const facts = {
      tenantId: 't',
      appId: 'a',
      workflowId: 'w',
      runId: 'r',
      userId: 'u',
      invokeFrom: 'cli',
      conversationId: null,
      callDepth: 0,
    };
    let last: WorkflowEvent | undefined;
    const options = { facts, commands: new CommandChannel(), limits: { http: { ...DEFAULT_LIMITS.http, readSeconds: 0.3, ...limits } } };
    for await (const event of engine.run(graph, { inputs: {}, system: {} }, ports, options)) last = event;
    if (last?.type !== 'run_succeeded' && last?.type !== 'run_partially_succeeded')
      throw new Error(`The run ended with ${JSON.stringify(last)}`);
    return last.outputs;
  }

  it('should send what the node says, and say who it is', async () => {
    handler = (request, response, body) => {
      response
        .setHeader('set-cookie', ['a=1', 'b=2'])
        .end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
    };

    const outputs = await run({
      method: 'post',
      params: 'q:ü b',
      headers: 'X-Note: 你好\nHost: other.test\nConnection: upgrade',
      body: { type: 'json', data: [{ type: 'text', value: '{"a": 1.0}' }] },
    });

    expect(outputs).toMatchObject({ status_code: 200, headers: { 'set-cookie': 'a=1, b=2' } });
    const seen = JSON.parse(outputs.body as string);
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/?q=%C3%BC+b',
      body: '{"a":1.0}',
      headers: { 'content-type': 'application/json', 'content-length': '9', host: 'other.test', 'user-agent': 'baya', accept: '*/*' },
    });
    expect(Buffer.from(seen.headers['x-note'], 'latin1').toString()).toBe('你好');
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('should undo %s', async (encoding, compress) => {
    handler = (_, response) => response.setHeader('content-encoding', encoding).end(compress('text '.repeat(1000)));

    expect((await run({})).body).toBe('text '.repeat(1000));
  });

  it('should undo two encodings, and leave an empty body alone', async () => {
    handler = (_, response) => response.setHeader('content-encoding', 'gzip, br').end(brotliCompressSync(gzipSync('twice')));
    expect((await run({})).body).toBe('twice');

    handler = (_, response) => response.setHeader('content-encoding', 'gzip').writeHead(204).end();
    expect(await run({})).toMatchObject({ status_code: 204, body: '' });
  });

  it('should send a body with GET, as some searches want it', async () => {
    handler = (request, response, body) => response.end(`${request.method ?? ''} ${body}`);

    expect((await run({ body: { type: 'json', data: [{ type: 'text', value: '{"query": {}}' }] } })).body).toBe('GET {"query":{}}');
  });

  it('should follow redirects', async () => {
    handler = (request, response) => {
      if (request.url === '/end') response.end('here');
      else response.writeHead(302, { location: '/end' }).end();
    };

    expect((await run({})).body).toBe('here');
  });

  it('should look at certificates unless told otherwise', async () => {
    const tls = createTlsServer({ key: testKey, cert: testCertificate }, (_, response) => response.end('secret'));
    const tlsPort = await listen(tls);
    const url = `https://127.0.0.1:${tlsPort}/`;
    const client = http([`127.0.0.1:${tlsPort}`]);

    expect(await run({ url }, {}, client)).toMatchObject({
      error_type: 'HttpRequestNodeError',
      error_message: expect.stringContaining('CERT'),
    });
    expect(await run({ url, ssl_verify: false }, {}, client)).toMatchObject({ body: 'secret' });

    tls.close();
  });

  describe('hostile servers', () => {
    const failsWith = async (type: string, message: string | RegExp, ...args: Parameters<typeof run>): Promise<void> => {
      const outputs = await run(...args);
      expect(outputs.error_type).toBe(type);
      expect(outputs.error_message).toMatch(message);
    };

    it('should end an answer that does not begin', async () => {
      handler = () => undefined;

      await failsWith('HttpRequestNodeError', 'did not answer in time', {});
    });

    it('should end an answer that stands still', async () => {
      handler = (_, response) => response.write('begun');

      await failsWith('HttpRequestNodeError', 'did not answer in time', {});
    });

    it('should end an answer that drips on and on', async () => {
      handler = (_, response) => {
        const timer = setInterval(() => response.write('.'), 50);
        response.on('close', () => clearInterval(timer));
      };

      await failsWith('HttpRequestNodeError', 'not complete within 800 ms', {}, { connectSeconds: 0.5, writeSeconds: 0.2 });
    });

    it('should end an answer that pours for ever, and close its connection', async () => {
      let closed = false;
      handler = (_, response) => {
        const pour = (): void => {
          while (response.write(Buffer.alloc(65_536, 'x')));
          response.once('drain', pour);
        };
        response.on('close', () => (closed = true)).setHeader('content-type', 'text/plain');
        pour();
      };

      await failsWith('ResponseSizeError', 'Text size is too large, max size is 1.00 MB', {});
      await vi.waitFor(() => expect(closed).toBe(true));
    });

    it.each([
      ['gzip', (bytes: Buffer) => gzipSync(bytes, { level: 1 })],
      ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ])('should end a bomb of %s before it has unfolded', async (encoding, compress) => {
      const bomb = compress(Buffer.alloc(256 * 1024 * 1024));
      handler = (_, response) => response.writeHead(200, { 'content-encoding': encoding, 'content-type': 'text/plain' }).end(bomb);
      const before = process.memoryUsage.rss();

      await failsWith('ResponseSizeError', 'Text size is too large', {}, { readSeconds: 10 });

      expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
    });

    it('should not undo thousands of encodings', async () => {
      handler = (_, response) => response.setHeader('content-encoding', Array(1000).fill('gzip').join()).end('words');
      const before = performance.now();

      await failsWith('HttpRequestNodeError', 'The answer has more than 5 encodings', {});
      expect(performance.now() - before).toBeLessThan(1000);
    });

    it('should end what is not encoded as it says', async () => {
      handler = (_, response) => response.setHeader('content-encoding', 'gzip').end('plain words');

      await failsWith('HttpRequestNodeError', 'not encoded as its Content-Encoding says', {});
    });

    it.each([
      ['shorter than it says', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort', /broke/],
      ['no HTTP', 'nonsense\r\n\r\n', /broke/],
      ['of two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 5\r\n\r\nabcde', /broke/],
      ['cut within its chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab', /broke/],
    ])('should end an answer that is %s', async (_, answer, message) => {
      const raw = createTcpServer((socket: Socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end(answer));
      });
      const rawPort = await listen(raw);

      await failsWith('HttpRequestNodeError', message, { url: `http://127.0.0.1:${rawPort}/` }, {}, http([`127.0.0.1:${rawPort}`]));

      raw.close();
    });

    it('should read no further than an answer says that it goes', async () => {
      const raw = createTcpServer((socket: Socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcand more'));
      });
      const rawPort = await listen(raw);

      expect(await run({ url: `http://127.0.0.1:${rawPort}/` }, {}, http([`127.0.0.1:${rawPort}`]))).toMatchObject({ body: 'abc' });

      raw.close();
    });

    it.each(['http://127.0.0.1:1/', 'http://169.254.169.254/latest/meta-data', 'http://[::1]/', 'http://10.0.0.1/', 'http://2130706433/'])(
      'should not follow a redirect to %s',
      async (location) => {
        handler = (_, response) => response.writeHead(302, { location }).end();

        await failsWith('ToolSSRFError', 'not allowed by the egress policy', {});
      },
    );

    it('should not reach a closed address', async () => {
      await failsWith('ToolSSRFError', 'EGRESS_ALLOW', {}, {}, http([]));
    });

    it('should end a circle of redirects', async () => {
      handler = (_, response) => response.writeHead(307, { location: '/again' }).end();

      await failsWith('HttpRequestNodeError', 'redirects more than 20 times', {});
    });

    it('should tell of a refused connection as Python does (trace nodes/http-request-refused)', async () => {
      const free = createTcpServer();
      const freePort = await listen(free);
      await new Promise((resolve) => free.close(resolve));

      await failsWith(
        'HttpRequestNodeError',
        /^\[Errno 111\] Connection refused$/,
        { url: `http://127.0.0.1:${freePort}/` },
        {},
        http([`127.0.0.1:${freePort}`]),
      );
    });
  });

  it('should leave the server be once the run is stopped', async () => {
    let closed = false;
    handler = (_, response) => response.on('close', () => (closed = true));
    const controller = new AbortController();
    const { connectMs, readMs, writeMs, totalMs } = { connectMs: 1000, readMs: 5000, writeMs: 5000, totalMs: 6000 };

    const sent = http().send({
      method: 'GET',
      url: `http://127.0.0.1:${port}/`,
      headers: {},
      body: null,
      timeouts: { connectMs, readMs, writeMs, totalMs },
      verifyTls: true,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error('stopped')), 50);

    await expect(sent).rejects.toThrow('stopped');
    await vi.waitFor(() => expect(closed).toBe(true));
  });
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  server.unref();
  return port;
}
