import { listRoutes, type RouteInfo } from '#platform/http';
import { describeEachDatabase } from '../../support/databases.js';
import { recipesOf } from './recipes/index.js';
import { type Recipe, requestOf } from './support/actor.js';
import { multipart, type WireAnswer, type WireRequest } from './support/call.js';
import { operationOf } from './support/operation.js';
import { differences, WorkspaceRows } from './support/rows.js';
import { World } from './support/world.js';

/** Names of JSON, as browsers, SDKs and proxies write them. */
const JSON_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'application/json; charset="utf-8"',
  'Application/JSON',
  'application/json ; charset=iso-8859-1',
  'application/json;',
  'application/vnd.api+json',
  'application/problem+json; charset=utf-8',
];
/** What is no JSON, or only looks like it. */
const OTHER_TYPES = [
  undefined,
  '',
  ' ',
  ',',
  'json',
  'text/json',
  'text/plain',
  'text/html; charset=utf-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/octet-stream',
  'application/xml',
  'application/jsonx',
  'application/json-seq',
  'application/json.x',
  'application/json/x',
  'application/json, application/json',
  'application/jsonp; charset=utf-8',
  'x; application/json',
];
const AT_ONCE = 16;

const nameOf = (route: RouteInfo): string => `${route.method} ${route.path}`;

describeEachDatabase(
  'media types of bodies',
  (ctx) => {
    const world = new World();
    let targets: { route: RouteInfo; request: WireRequest; readsForm: boolean }[];
    let rows: WorkspaceRows;

    beforeAll(async () => {
      await world.start(ctx.env);
      const recipes = recipesOf(world.objects);
      rows = await WorkspaceRows.of(world.lab.sql);
      targets = listRoutes(world.lab.app).flatMap((route) => {
        const { fields, readsForm } = operationOf(route);
        if ((fields === null && !readsForm) || route.method === 'GET') return [];
        const recipe: Recipe = recipes[nameOf(route)] ?? { call: () => ({}) };
        const call = recipe.call(world.victim.ids, world.victim);
        return [{ route, readsForm, request: requestOf(route, call, world.victim, recipe.app) }];
      });
    });
    afterAll(() => world.stop());

    const send = ({ request }: (typeof targets)[number], type: string | undefined, body: string): Promise<WireAnswer> => {
      const { 'content-type': _, ...headers } = request.headers;
      return world.wire.send({ ...request, headers: type === undefined ? headers : { ...headers, 'content-type': type }, body });
    };

    it('should read a body under every name of JSON: one of broken JSON is 400 bad_request', async () => {
      const wrong = await each('json', JSON_TYPES, async (target, type) => {
        const answer = await send(target, type, '{"a":');
        return isError(answer, 400, 'bad_request') ? null : answer;
      });

      expect(wrong).toEqual([]);
    });

    it('should answer 415 to JSON that is sent as something else, and change nothing', async () => {
      const wrong = await each('json', OTHER_TYPES, async (target, type) => {
        const answer = await send(target, type, String(target.request.body ?? '{}'));
        return isError(answer, 415, 'unsupported_media_type') ? null : answer;
      });

      expect(wrong).toEqual([]);
    });

    it('should answer 415 to a form that is sent where JSON is expected, and change nothing', async () => {
      const fields = { user: 'user-x', query: 'q', name: 'n', inputs: '{}' };
      const { type, body } = multipart(fields);
      const forms = { [type]: body.toString(), 'application/x-www-form-urlencoded': new URLSearchParams(fields).toString() };
      const wrong = await each('json', Object.keys(forms), async (target, name) => {
        const answer = await send(target, name, forms[name ?? ''] ?? '');
        return isError(answer, 415, 'unsupported_media_type') ? null : answer;
      });

      expect(wrong).toEqual([]);
    });

    it('should answer 400 to JSON in UTF-16 and UTF-32, whatever its charset says, and change nothing', async () => {
      const bodies = [Buffer.from('{}', 'utf16le'), Buffer.from('\ufeff{"a":"\u00fc"}', 'utf16le'), Buffer.from('{\0\0\0}\0\0\0')];
      const wrong = await each(
        'json',
        ['application/json', 'application/json; charset=utf-16', 'application/json; charset=utf-32'],
        async (target, type) => {
          for (const body of bodies) {
            const answer = await world.wire.send({
              ...target.request,
              headers: { ...target.request.headers, 'content-type': String(type) },
              body,
            });
            if (!isError(answer, 400, 'bad_request')) return answer;
          }
          return null;
        },
      );

      expect(wrong).toEqual([]);
    });

    it('should answer a 4xx of the contract where a form is expected and something else comes, and change nothing', async () => {
      const wrong = await each('form', [...JSON_TYPES, ...OTHER_TYPES], async (target, type) => {
        const answer = await send(target, type, '{"file":"x","user":"user-x"}');
        const { code, status } = JSON.parse(answer.text) as { code: string; status: number };
        return answer.status >= 400 && answer.status < 500 && status === answer.status && code !== '' ? null : answer;
      });

      expect(wrong).toEqual([]);
    });

    /** Answers that are not as they should be, and rows that changed. */
    async function each(
      kind: 'json' | 'form',
      types: readonly (string | undefined)[],
      fault: (target: (typeof targets)[number], type: string | undefined) => Promise<WireAnswer | null>,
    ): Promise<string[]> {
      const before = await rows.read(world.lab.sql, world.victim.tenantId);
      const chosen = targets.filter(({ readsForm }) => readsForm === (kind === 'form'));
      const queue = chosen.flatMap((target) => types.map((type) => ({ target, type })));
      const wrong: string[] = [];
      const worker = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          const answer = await fault(next.target, next.type);
          if (answer !== null)
            wrong.push(`${nameOf(next.target.route)} as ${String(next.type)}: ${String(answer.status)} ${answer.text.slice(0, 200)}`);
        }
      };
      expect(chosen.length).toBeGreaterThan(kind === 'form' ? 2 : 30);
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      const after = await rows.read(world.lab.sql, world.victim.tenantId);
      return [...wrong, ...differences(before, after).filter((change) => !isNewEndUser(change))];
    }
  },
  { connect: false },
);

function isError({ status, headers, text }: WireAnswer, expected: number, code: string): boolean {
  if (status !== expected || headers['content-type'] !== 'application/json; charset=utf-8') return false;
  const body = JSON.parse(text) as { code: string; message: string; status: number };
  return body.code === code && body.status === expected && body.message !== '';
}

/** An end user is made at his first request, whatever comes of it (contract service-and-web-api 5). */
const isNewEndUser = (change: string): boolean => change.startsWith('+ end_users ');
