import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { HttpTransport } from '#engines/model-runtime';
import { EgressConfig } from '#platform/config';
import { EgressDeniedError, type EgressPolicy, GuardedClient, OutboundError, OutboundHttp, OutboundUrlError } from '#platform/http';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

describe('guarded outbound client', () => {
  let server: Server;
  let port: number;
  let handler: Handler;
  let connections: number;
  const clients: GuardedClient[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => handler(request, response, body));
      request.on('error', () => undefined);
    });
    server.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    connections = 0;
    handler = (request, response, body) =>
      response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    server.closeAllConnections();
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const client = (policy: EgressPolicy, options: Partial<ConstructorParameters<typeof GuardedClient>[0]> = {}): GuardedClient => {
    const made = new GuardedClient({
      policy,
      allow: [],
      maxConnections: 2048,
      connectTimeoutMs: 1000,
      headersTimeoutMs: 5000,
      bodyTimeoutMs: 5000,
      ...options,
    });
    clients.push(made);
    return made;
  };
  const get = (from: GuardedClient, url: string, rest: object = {}) => from.request({ method: 'GET', url, ...rest });
  const answers =
    (...addresses: string[]) =>
    (_: string, done: (error: null, found: { address: string; family: number }[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );

  describe('what may be reached', () => {
    const odd = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.1',
      '0x7f000001',
      '0177.0.0.1',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '0.0.0.0',
      '0',
      'localhost',
      'LOCALHOST',
      '[::1]',
      '[::]',
      '127.0.0.1.',
      '①②⑦.0.0.1',
      '127。0。0。1',
      '127．0．0．1',
      '0177.1',
      '017700000001',
      '0x7f.0x0.0x0.0x1',
      '0x7f.0.1',
      '127.0x1',
      '127.000.000.001',
      '%31%32%37.0.0.1',
      'public.example@127.0.0.1',
      'public.example:80@127.0.0.1',
      '[0:0:0:0:0:0:0:1]',
      '[0000:0000:0000:0000:0000:0000:0000:0001]',
      '[::127.0.0.1]',
      '[::ffff:0:127.0.0.1]',
      '[64:ff9b::127.0.0.1]',
      '[64:ff9b:1::127.0.0.1]',
      '[2002:7f00:1::]',
    ];

    it.each(odd)('should refuse loopback written as %s under the public policy, without a connection', async (host) => {
      await expect(get(client('public'), `http://${host}:${port}/`)).rejects.toThrow(EgressDeniedError);
      expect(connections).toBe(0);
    });

    it.each(['127.0.0.1', '127.1', '2130706433', 'localhost', '[::ffff:127.0.0.1]'])(
      'should reach loopback written as %s under the model policy',
      async (host) => {
        expect((await get(client('model'), `http://${host}:${port}/`)).status).toBe(200);
      },
    );

    it.each([
      '169.254.169.254',
      '[fe80::1]',
      '2852039166',
      '0xa9fea9fe',
      '[::ffff:169.254.169.254]',
      '[64:ff9b::a9fe:a9fe]',
      '[fd00:ec2::254]',
      '100.100.100.200',
    ])('should refuse the metadata or link-local address %s under both policies', async (host) => {
      for (const policy of ['public', 'model'] as const)
        await expect(get(client(policy), `http://${host}/latest/meta-data`)).rejects.toThrow(EgressDeniedError);
    });

    it.each(['10.0.0.1', '192.168.0.1', '172.16.0.1', '100.64.0.1', '[fd12::1]', '[64:ff9b::a00:1]', '192.0.2.1', '224.0.0.1'])(
      'should refuse %s under the public policy',
      async (host) => {
        await expect(get(client('public'), `http://${host}/`)).rejects.toThrow(EgressDeniedError);
      },
    );

    it('should name address, policy and setting', async () => {
      const error: EgressDeniedError = (await get(client('public', { resolve: answers('10.1.2.3') }), 'http://intranet.example/').catch(
        (caught: unknown) => caught as EgressDeniedError,
      )) as EgressDeniedError;

      expect(error).toMatchObject({ code: 'egress_denied', status: 400, policy: 'public' });
      expect(error.message).toMatch(/10\.1\.2\.3.*intranet\.example.*"public".*EGRESS_ALLOW/s);
    });

    it.each([
      'http://127.0.0.1:PORT#@public.example/',
      'http://127.0.0.1:PORT\\@public.example/',
      'http:127.0.0.1:PORT/',
      'http:/\\127.0.0.1:PORT',
    ])('should see the host that is connected to in %s', async (url) => {
      await expect(get(client('public'), url.replace('PORT', String(port)))).rejects.toThrow(EgressDeniedError);
      expect(connections).toBe(0);
    });

    it('should connect to the very addresses it has checked, however often the name changes', async () => {
      let asked = 0;
      const rebinding = client('public', {
        allow: [`127.0.0.1:${port}`],
        resolve: (host, done) => answers(asked++ % 2 === 0 ? '127.0.0.1' : '127.0.0.2')(host, done),
      });
      const call = () => get(rebinding, `http://rebind.example:${port}/`, { headers: { connection: 'close' } });

      expect((await (await call()).text()).length).toBeGreaterThan(0);
      expect([asked, connections]).toEqual([1, 1]);
      await expect(call()).rejects.toThrow(EgressDeniedError);
      expect([asked, connections]).toEqual([2, 1]);
    });

    it.each(['10.0.0.1', '::1', '::ffff:10.0.0.1', 'fe80::1', '64:ff9b::a00:1', 'fd00:ec2::254'])(
      'should refuse a name that resolves to %s',
      async (address) => {
        await expect(get(client('public', { resolve: answers(address) }), 'http://inside.example/')).rejects.toThrow(EgressDeniedError);
      },
    );

    it.each(['1', '22', '25', '6379', '65535'])('should refuse port %s of a closed address as any other', async (closed) => {
      await expect(get(client('public'), `http://127.0.0.1:${closed}/`)).rejects.toThrow(EgressDeniedError);
    });

    it('should look at what a name resolves to, each time it connects', async () => {
      const found = ['127.0.0.1'];
      const rebinding = client('model', { resolve: (host, done) => answers(...found)(host, done) });
      await (await get(rebinding, `http://rebind.example:${port}/`, { headers: { connection: 'close' } })).text();
      found[0] = '169.254.169.254';

      await expect(get(rebinding, `http://rebind.example:${port}/`)).rejects.toThrow(EgressDeniedError);
    });

    it('should refuse a name with one closed address among open ones', async () => {
      await expect(get(client('public', { resolve: answers('93.184.216.34', '127.0.0.1') }), 'http://mixed.example/')).rejects.toThrow(
        EgressDeniedError,
      );
    });

    it.each([
      ['a CIDR', ['127.0.0.0/8'], '127.0.0.1'],
      ['an address with its port', ['127.0.0.1:PORT'], '127.0.0.1'],
      ['a host', ['intranet.example'], 'intranet.example'],
      ['a host with its port', ['intranet.example:PORT'], 'intranet.example'],
      ['a host in capitals with a dot at its end', ['Intranet.Example.'], 'intranet.example'],
      ['an address within IPv6', ['127.0.0.1'], '[::ffff:127.0.0.1]'],
    ])('should open what EGRESS_ALLOW names as %s', async (_, allow, host) => {
      const opened = client('public', { allow: allow.map((entry) => entry.replace('PORT', String(port))), resolve: answers('127.0.0.1') });

      expect((await get(opened, `http://${host}:${port}/`)).status).toBe(200);
    });

    it('should not open another port of an allowed host', async () => {
      const other = client('public', { allow: ['intranet.example:1'], resolve: answers('127.0.0.1') });

      await expect(get(other, `http://intranet.example:${port}/`)).rejects.toThrow(EgressDeniedError);
    });

    it.each(['ftp://x/', 'file:///etc/passwd', 'gopher://127.0.0.1/', '/relative', 'http://', 'javascript:1', ''])(
      'should refuse the URL %s',
      async (url) => {
        await expect(get(client('model'), url)).rejects.toThrow(OutboundUrlError);
      },
    );

    it('should pass an upstream 403 through', async () => {
      handler = (_, response) => response.writeHead(403).end('no');

      expect((await get(client('model'), `http://127.0.0.1:${port}/`)).status).toBe(403);
    });
  });

  describe('redirects', () => {
    it('should give a redirect as the answer unless told to follow', async () => {
      handler = (_, response) => response.writeHead(302, { location: '/there' }).end();

      expect((await get(client('model'), `http://127.0.0.1:${port}/`)).status).toBe(302);
    });

    it('should check every hop', async () => {
      handler = (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();

      await expect(get(client('model'), `http://127.0.0.1:${port}/`, { redirects: 3 })).rejects.toThrow(EgressDeniedError);
    });

    it.each(['http://127.0.0.1:1/', 'http://[::1]/', '//localhost/x', 'http://2130706433/', 'http://169.254.169.254/'])(
      'should refuse a redirect from an open address to %s',
      async (location) => {
        handler = (_, response) => response.writeHead(302, { location }).end();
        const half = client('public', { allow: [`127.0.0.1:${port}`] });

        await expect(get(half, `http://127.0.0.1:${port}/`, { redirects: 3 })).rejects.toThrow(EgressDeniedError);
      },
    );

    it.each(['ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'data:text/plain,a', 'javascript:1', 'ws://127.0.0.1/', 'unix:/x', 'http://'])(
      'should refuse a redirect to %s',
      async (location) => {
        handler = (_, response) => response.writeHead(302, { location }).end();

        await expect(get(client('model'), `http://127.0.0.1:${port}/`, { redirects: 3 })).rejects.toThrow(OutboundUrlError);
      },
    );

    it('should refuse a redirect to another protocol', async () => {
      handler = (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end();

      await expect(get(client('model'), `http://127.0.0.1:${port}/`, { redirects: 3 })).rejects.toThrow(OutboundUrlError);
    });

    it('should follow as often as told, and no more', async () => {
      handler = (_, response) => response.writeHead(307, { location: '/again' }).end();

      await expect(get(client('model'), `http://127.0.0.1:${port}/`, { redirects: 2 })).rejects.toMatchObject({ failure: 'redirects' });
    });

    it('should not carry credentials to another origin, nor a body into a GET', async () => {
      handler = (request, response, body) => {
        if (request.url === '/') response.writeHead(302, { location: `http://localhost:${port}/end` }).end();
        else response.end(JSON.stringify({ method: request.method, headers: request.headers, body }));
      };
      const response = await client('model').request({
        method: 'POST',
        url: `http://127.0.0.1:${port}/`,
        headers: { Authorization: 'Bearer x', Cookie: 'a=b', 'x-kept': '1', 'content-type': 'text/plain' },
        body: 'data',
        redirects: 1,
      });
      const seen = JSON.parse(await response.text()) as { method: string; headers: Record<string, string>; body: string };

      expect(seen).toMatchObject({ method: 'GET', body: '', headers: { 'x-kept': '1' } });
      expect(Object.keys(seen.headers)).not.toEqual(expect.arrayContaining(['authorization']));
      expect(seen.headers).not.toHaveProperty('cookie');
      expect(response.url).toBe(`http://localhost:${port}/end`);
    });
  });

  describe('answers', () => {
    it('should send method, headers and body, and credentials of the URL as a header', async () => {
      const response = await client('model').request({
        method: 'PATCH',
        url: `http://me:p%40ss@127.0.0.1:${port}/a?b=c`,
        headers: { 'x-a': '1' },
        body: 'hello',
      });

      expect(JSON.parse(await response.text())).toMatchObject({
        method: 'PATCH',
        url: '/a?b=c',
        body: 'hello',
        headers: { 'x-a': '1', authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}` },
      });
    });

    it('should give as one piece what came as one', async () => {
      handler = (_, response) => {
        response.writeHead(200);
        response.write('');
        response.socket?.cork();
        for (let i = 0; i < 20; i += 1) response.write(`data: ${i}\n\n`);
        response.end();
        response.socket?.uncork();
      };
      const pieces: string[] = [];
      for await (const piece of (await get(client('model'), `http://127.0.0.1:${port}/`)).body) pieces.push(Buffer.from(piece).toString());

      expect(pieces.join('')).toBe(Array.from({ length: 20 }, (_, i) => `data: ${i}\n\n`).join(''));
      expect(pieces.length).toBeLessThan(5);
    });

    it('should give pieces as they come', async () => {
      let next: (() => void) | null = null;
      handler = (_, response) => {
        response.write('first');
        next = () => response.end('second');
      };
      const body = (await get(client('model'), `http://127.0.0.1:${port}/`)).body[Symbol.asyncIterator]();

      expect(Buffer.from((await body.next()).value as Uint8Array).toString()).toBe('first');
      next!();
      expect(Buffer.from((await body.next()).value as Uint8Array).toString()).toBe('second');
      expect((await body.next()).done).toBe(true);
    });

    it('should leave the body as it is on the wire', async () => {
      handler = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'));

      expect(Buffer.from(await (await get(client('model'), `http://127.0.0.1:${port}/`)).bytes())).toEqual(gzipSync('x'));
    });

    it('should fail a body over its bound', async () => {
      handler = (_, response) => response.end(Buffer.alloc(100_000));

      await expect((await get(client('model'), `http://127.0.0.1:${port}/`, { maxBytes: 99_999 })).text()).rejects.toMatchObject({
        failure: 'too_large',
      });
    });

    it('should not read faster than its reader', async () => {
      let sent = 0;
      handler = (_, response) => {
        const more = (): void => {
          while (sent < 200 && response.write(Buffer.alloc(1024 * 1024))) sent += 1;
          if (sent < 200)
            response.once('drain', () => {
              sent += 1;
              more();
            });
          else response.end();
        };
        more();
      };
      const response = await get(client('model'), `http://127.0.0.1:${port}/`);
      let before = -1;
      while (before !== sent) {
        before = sent;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(sent).toBeLessThan(50);
      expect((await response.bytes()).length).toBeGreaterThan(190 * 1024 * 1024);
    });

    it('should close the socket when the reader leaves early', async () => {
      const closed = new Promise((resolve) => {
        handler = (request, response) => {
          request.socket.once('close', resolve);
          response.write('first');
        };
      });
      for await (const piece of (await get(client('model'), `http://127.0.0.1:${port}/`)).body) {
        expect(piece.length).toBe(5);
        break;
      }
      await closed;
    });

    it('should use a connection again', async () => {
      const one = client('model');
      for (let i = 0; i < 5; i += 1) await (await get(one, `http://127.0.0.1:${port}/`)).text();

      // undici opens a second one at times; five would mean that none is kept.
      expect(connections).toBeLessThan(3);
    });

    it('should hold 300 calls at once', async () => {
      const held: ServerResponse[] = [];
      handler = (_, response) => void held.push(response);
      const one = client('model');
      const calls = Array.from({ length: 300 }, () => get(one, `http://127.0.0.1:${port}/`));
      await vi.waitFor(() => expect(held).toHaveLength(300), 5000);
      for (const response of held) response.end('x');

      expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(300).fill(200));
    });
  });

  describe('failures', () => {
    it('should say that nobody listens', async () => {
      await expect(get(client('model'), 'http://127.0.0.1:1/')).rejects.toMatchObject({ failure: 'connect', status: 502 });
    });

    it('should say that a name does not resolve', async () => {
      const lost = client('model', { resolve: (_, done) => done(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), []) });

      await expect(get(lost, 'http://nowhere.example/')).rejects.toMatchObject({ failure: 'connect' });
    });

    it('should say that headers are late', async () => {
      handler = () => undefined;

      await expect(get(client('model'), `http://127.0.0.1:${port}/`, { timeoutMs: 100 })).rejects.toMatchObject({ failure: 'timeout' });
    });

    it('should say that a body does not come to its end, though it keeps coming', async () => {
      handler = (_, response) => {
        const drip = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(drip));
      };

      await expect((await get(client('model'), `http://127.0.0.1:${port}/`, { totalMs: 300 })).text()).rejects.toMatchObject({
        failure: 'timeout',
      });
    });

    it('should say that redirects take too long together', async () => {
      handler = (_, response) => void setTimeout(() => response.writeHead(302, { location: '/again' }).end(), 100);

      await expect(get(client('model'), `http://127.0.0.1:${port}/`, { totalMs: 250, redirects: 50 })).rejects.toMatchObject({
        failure: 'timeout',
      });
    });

    it('should say that a body stands still', async () => {
      handler = (_, response) => response.write('x');

      await expect((await get(client('model'), `http://127.0.0.1:${port}/`, { bodyTimeoutMs: 100 })).text()).rejects.toMatchObject({
        failure: 'timeout',
      });
    });

    it('should say that the connection broke, and give what had come before', async () => {
      handler = (_, response) => {
        response.write('part');
        setTimeout(() => response.destroy(), 50);
      };
      const body = (await get(client('model'), `http://127.0.0.1:${port}/`)).body[Symbol.asyncIterator]();

      expect(Buffer.from((await body.next()).value as Uint8Array).toString()).toBe('part');
      await expect(body.next()).rejects.toThrow(OutboundError);
    });

    it.each(['before', 'while connecting', 'waiting', 'reading'])(
      'should reject with the reason of a signal that fires %s',
      async (when) => {
        const stop = new AbortController();
        const reason = new Error('stopped by the user');
        handler = (_, response) => (when === 'reading' ? response.write('x') : undefined);
        if (when === 'before') stop.abort(reason);
        const pending = get(client('model'), `http://127.0.0.1:${port}/`, { signal: stop.signal }).then((response) => response.text());
        pending.catch(() => undefined);
        if (when !== 'while connecting') await new Promise((resolve) => setTimeout(resolve, 100));
        stop.abort(reason);

        await expect(pending).rejects.toBe(reason);
      },
    );
  });

  it('should serve as the transport of the model engine', async () => {
    const outbound = new OutboundHttp(new EgressConfig());
    const transport: HttpTransport = outbound.transport('model');
    const response = await transport.request({ method: 'GET', url: `http://127.0.0.1:${port}/` });
    let size = 0;
    for await (const piece of response.body) size += piece.length;
    await outbound.onApplicationShutdown();

    expect(size).toBeGreaterThan(0);
    await expect(outbound.request('public', { method: 'GET', url: `http://127.0.0.1:${port}/` })).rejects.toThrow();
  });
});
