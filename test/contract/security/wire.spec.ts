import { connect } from 'node:net';
import { listRoutes, type RouteInfo } from '#platform/http';
import { describeEachDatabase } from '../../support/databases.js';
import { rawRequest } from '../../support/raw-request.js';
import { recipesOf } from './recipes/index.js';
import { type Recipe, requestOf } from './support/actor.js';
import type { WireRequest } from './support/call.js';
import { operationOf } from './support/operation.js';
import { differences, WorkspaceRows } from './support/rows.js';
import { World } from './support/world.js';

/** When the server gives up on a request that does not come to its end. Unit: milliseconds. */
const REQUEST_TIMEOUT_MS = 1500;
/** When a connection that is not given up by then counts as held for ever. Unit: milliseconds. */
const HELD_MS = 15_000;
const AT_ONCE = 64;
const DRIP_MS = 100;

const nameOf = (route: RouteInfo): string => `${route.method} ${route.path}`;
const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
/** The answer is whole: its body is JSON, or it has none. */
const ANSWERED = /^HTTP\/1\.1 (?:204|[^]*?\r\n\r\n[^]*[}>\]]\s*(?:0\r\n\r\n)?$)/;

describeEachDatabase(
  'requests that lie about their length',
  (ctx) => {
    const world = new World();
    let targets: { route: RouteInfo; request: WireRequest }[];
    let rows: WorkspaceRows;

    beforeAll(async () => {
      const timeouts = { HTTP_REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS), HTTP_HEADERS_TIMEOUT_MS: '1000' };
      await world.start({ ...ctx.env, ...timeouts });
      const recipes = recipesOf(world.objects);
      rows = await WorkspaceRows.of(world.lab.sql);
      targets = listRoutes(world.lab.app).map((route) => {
        const recipe: Recipe = recipes[nameOf(route)] ?? { call: () => ({}) };
        return { route, request: requestOf(route, recipe.call(world.victim.ids, world.victim), world.victim, recipe.app) };
      });
    });
    afterAll(() => world.stop());
    afterEach(async () => expect((await world.wire.send({ method: 'GET', path: '/health', headers: {} })).status).toBe(200));

    const head = ({ method, path, headers }: WireRequest, length: string): string => {
      const lines = Object.entries({ 'content-type': 'application/json', ...headers }).map(([name, value]) => `${name}: ${value}`);
      return [`${method} ${path} HTTP/1.1`, 'host: x', ...lines, length, '', ''].join('\r\n');
    };
    const bodyOf = ({ body }: WireRequest): Buffer => Buffer.from(body ?? '{}');
    const writes = (): typeof targets => targets.filter(({ route }) => route.method !== 'GET');

    it('should answer another body under the same Idempotency-Key with 422, and change nothing', async () => {
      const idempotent = targets.filter(({ route }) => operationOf(route).headers.includes('Idempotency-Key'));
      for (const [index, { request }] of idempotent.entries()) {
        const headers = { ...request.headers, 'idempotency-key': `key-${String(index)}` };
        const send = (change: object) =>
          world.wire.send({ ...request, headers, body: JSON.stringify({ ...(JSON.parse(String(request.body)) as object), ...change }) });
        const first = await send({});
        const before = await rows.read(world.lab.sql, world.victim.tenantId);
        const again = await send({});
        const other = await send({ query: 'something else' });

        expect([first.status, again.status]).toEqual([200, 200]);
        expect(JSON.parse(again.text)).toMatchObject({ message_id: (JSON.parse(first.text) as { message_id: string }).message_id });
        expect([other.status, JSON.parse(other.text)]).toMatchObject([422, { code: 'idempotency_key_reused', status: 422 }]);
        expect(differences(before, await rows.read(world.lab.sql, world.victim.tenantId))).toEqual([]);
      }

      expect(idempotent.length).toBeGreaterThanOrEqual(4);
    });

    it('should give up on chunks that never end, whether they stop or drip on', async () => {
      const wrong = await each(targets, async ({ request }) => {
        const text = await drip(head(request, 'transfer-encoding: chunked'), bodyOf(request));
        return text === null ? 'holds the connection' : statusOf(text) >= 500 ? text : null;
      });

      expect(wrong).toEqual([]);
    });

    it.each([
      ['longer than its body', (body: Buffer) => String(body.length + 500), [408]],
      ['negative', () => '-5', [400]],
      ['no number', () => '1e3', [400]],
      ['larger than is taken', () => '99999999999', [413, 415, 404, 401, 403, 400, 408]],
    ])('should refuse a Content-Length that is %s, and change nothing', async (_, length, statuses) => {
      const wrong = await each(writes(), async ({ request }) => {
        const body = bodyOf(request);
        const text = await limited(rawRequest(world.port, [head(request, `content-length: ${length(body)}`), body]));
        if (text === null) return 'holds the connection';
        return statuses.includes(statusOf(text)) ? null : text;
      });

      expect(wrong).toEqual([]);
    });

    it('should refuse two lengths and a length beside chunks, and change nothing', async () => {
      const wrong = await each(writes(), async ({ request }) => {
        const body = bodyOf(request);
        const both = `content-length: ${String(body.length)}\r\ntransfer-encoding: chunked`;
        const two = `content-length: ${String(body.length)}\r\ncontent-length: ${String(body.length + 1)}`;
        const texts = await Promise.all(
          [both, two].map((length) => limited(rawRequest(world.port, [head(request, length), body], ANSWERED))),
        );
        return texts.every((text) => text !== null && statusOf(text) === 400) ? null : texts.join('\n');
      });

      expect(wrong).toEqual([]);
    });

    it('should refuse headers of 64 KB', async () => {
      const wrong = await each(targets, async ({ request }) => {
        const text = await limited(rawRequest(world.port, [head(request, `x-large: ${'x'.repeat(64 * 1024)}`)]));
        return text !== null && statusOf(text) === 431 && text.includes('"code":"request_header_fields_too_large"') ? null : String(text);
      });

      expect(wrong).toEqual([]);
    });

    // Last: jobs go on with what it removes.
    it('should not take what follows a body of a shorter Content-Length for a request', async () => {
      const wrong = await each(
        writes(),
        async ({ request }) => {
          const text = await limited(rawRequest(world.port, [head(request, 'content-length: 1'), '{"a":1}\r\n\r\n']));
          if (text === null) return 'holds the connection';
          const answers = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
          return answers.some((status) => status >= 500) || answers.slice(1).some((status) => status < 400) ? text : null;
        },
        true,
      );

      expect(wrong).toEqual([]);
    });

    /** What is wrong with the answers of routes; also when rows have changed, unless they may. */
    async function each(
      on: typeof targets,
      fault: (target: (typeof targets)[number]) => Promise<string | null>,
      mayChange = false,
    ): Promise<string[]> {
      const before = await rows.read(world.lab.sql, world.victim.tenantId);
      const wrong: string[] = [];
      const queue = [...on];
      const worker = async (): Promise<void> => {
        for (let target = queue.shift(); target !== undefined; target = queue.shift()) {
          const problem = await fault(target);
          if (problem !== null) wrong.push(`${nameOf(target.route)}: ${problem.slice(0, 500)}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      const after = await rows.read(world.lab.sql, world.victim.tenantId);
      return mayChange ? wrong : [...wrong, ...differences(before, after)];
    }

    /** Sends a head and a first chunk, then a byte at a time; gives what came back when the server has closed, null when it does not. */
    function drip(start: string, first: Buffer): Promise<string | null> {
      return new Promise((resolve) => {
        const socket = connect(world.port, '127.0.0.1');
        let text = '';
        const over = (value: string | null): void => {
          clearInterval(dripping);
          clearTimeout(late);
          socket.destroy();
          resolve(value);
        };
        const dripping = setInterval(() => socket.write('1\r\n \r\n'), DRIP_MS);
        const late = setTimeout(() => over(null), HELD_MS);
        socket.on('data', (piece) => (text += piece.toString('latin1')));
        socket.on('error', () => undefined);
        socket.on('close', () => over(text));
        socket.write(`${start}${first.length.toString(16)}\r\n`);
        socket.write(first);
        socket.write('\r\n');
      });
    }

    function limited(text: Promise<string>): Promise<string | null> {
      let late: NodeJS.Timeout | undefined;
      const held = new Promise<null>((resolve) => (late = setTimeout(() => resolve(null), HELD_MS)));
      return Promise.race([text, held]).finally(() => clearTimeout(late));
    }
  },
  { connect: false },
);
