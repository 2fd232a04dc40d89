import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { listRoutes, type RouteInfo } from '#platform/http';
import { describeOnOneDatabase } from '../../support/databases.js';
import { recipesOf } from './recipes/index.js';
import { credentialsFor, type Ids, type Recipe, withUser } from './support/actor.js';
import type { WireAnswer, WireRequest } from './support/call.js';
import { seeded } from './support/hostile-values.js';
import { mutationsOf } from './support/mutations.js';
import { operationOf } from './support/operation.js';
import { differences, WorkspaceRows } from './support/rows.js';
import { World } from './support/world.js';

/** Which of the many odd values a field gets; a run with another one tries others. HOSTILE_SEED=all tries every one, which takes long. */
const SEED = process.env.HOSTILE_SEED ?? '20261128';
/** The service API first: settings of the console close it. */
const SCHEMES = ['app-key', 'dataset-key', 'console', 'admin-key', 'public'];
/** What may stay in memory after all of it. Unit: bytes. */
const MAY_STAY = 150 * 1024 * 1024;
/** Words of the inside: of stacks, of SQL, of drivers. */
const INSIDE = /node_modules|\.[jt]s:\d+|QueryFailed|syntax error|invalid input|violates|\bat \w+ \(/;

const nameOf = (route: RouteInfo): string => `${route.method} ${route.path}`;
const shown = (request: WireRequest): string => {
  const { cookie: _, authorization: __, 'x-csrf-token': ___, ...headers } = request.headers;
  const body = request.body === undefined ? '' : ` ${String(request.body).slice(0, 400)}`;
  return `${request.method} ${request.path.slice(0, 300)} ${JSON.stringify(headers)}${body}`;
};
/** An end user is made at his first request, whatever comes of it (contract service-and-web-api 5). */
const isNewEndUser = (change: string): boolean => change.startsWith('+ end_users ');

describeOnOneDatabase(
  'hostile requests',
  (ctx) => {
    const world = new World();
    let routes: RouteInfo[];
    let recipes: Readonly<Record<string, Recipe>>;
    let rows: WorkspaceRows;
    let before: string[];
    let lastWrite: string;
    /** What a route's calls are made of: made before others use up what there may be of a kind. */
    const idsOf = new Map<string, Ids>();
    let sent = 0;

    beforeAll(async () => {
      await world.start(ctx.env);
      routes = listRoutes(world.lab.app);
      recipes = recipesOf(world.objects);
      rows = await WorkspaceRows.of(world.lab.sql);
      for (const [name, { before: make, quiet }] of Object.entries(recipes))
        if (make && quiet === undefined) idsOf.set(name, { ...world.victim.ids, ...(await make(world.victim)) });
    });
    afterAll(() => world.stop());

    it('should be sent to routes of every scheme', () => {
      expect(new Set(routes.map(({ access }) => access?.scheme))).toEqual(new Set(SCHEMES));
    });

    it.each(SCHEMES)(
      'should be refused as the contract has it, without a change, on every route of scheme %s',
      async (scheme) => {
        const heapBefore = heapInUse();
        const wrong: string[] = [];
        await remember();
        for (const route of routes.filter(({ access }) => access?.scheme === scheme)) {
          wrong.push(...(await assault(route)));
          const { status } = await world.wire.send({ method: 'GET', path: '/health', headers: {} });
          if (status !== 200) wrong.push(`after ${nameOf(route)} the server is not well: ${String(status)}`);
        }
        console.info(`${scheme}: ${String(sent)} hostile requests so far`);

        expect(wrong.slice(0, 40)).toEqual([]);
        expect(({} as { polluted?: number }).polluted).toBeUndefined();
        expect(heapInUse() - heapBefore).toBeLessThan(MAY_STAY);
      },
      900_000,
    );

    async function assault(route: RouteInfo): Promise<string[]> {
      const recipe: Recipe = recipes[nameOf(route)] ?? { call: () => ({}) };
      const { victim } = world;
      const operation = operationOf(route);
      const credentials = credentialsFor(route, victim, recipe.app);
      const random = SEED === 'all' ? null : seeded(Number(SEED) + nameOf(route).length);
      const call = withUser(route, recipe.call(idsOf.get(nameOf(route)) ?? victim.ids, victim), victim);
      const wrong: string[] = [];
      for (const { what, request } of mutationsOf({ route, operation, call, credentials }, random)) {
        sent += 1;
        const problems = await attempt(request, recipe).catch((error: unknown) => [`no answer: ${String(error)}`]);
        wrong.push(...problems.map((problem) => `${nameOf(route)}, ${what}: ${problem}\n    ${shown(request)}`));
      }
      return wrong;
    }

    async function attempt(request: WireRequest, recipe: Recipe): Promise<string[]> {
      const answer = await world.wire.send(request);
      const problems = faultsOf(answer, recipe);
      if (answer.status < 400) await remember();
      else problems.push(...(await changes()).map((change) => `refused, and changed a row all the same: ${change.slice(0, 300)}`));
      return problems;
    }

    function faultsOf({ status, headers, text }: WireAnswer, { bareErrors }: Recipe): string[] {
      const problems: string[] = [];
      if (status >= 500) problems.push(`answered ${String(status)} ${text.slice(0, 300)}`);
      if (headers['x-content-type-options'] !== 'nosniff') problems.push('the answer may be sniffed');
      if (status < 400) return problems;
      if (INSIDE.test(text)) problems.push(`told of the inside: ${text.slice(0, 300)}`);
      const isPage = status === 404 && headers['content-type'] === 'text/html; charset=utf-8';
      if (!isPage && !isErrorBody(text, status, bareErrors !== undefined))
        problems.push(`is no error of the contract: ${String(status)} ${text.slice(0, 200)}`);
      return problems;
    }

    async function remember(): Promise<void> {
      await jobsDone();
      lastWrite = await writeMark();
      before = await rows.read(world.lab.sql, world.victim.tenantId);
    }

    /** What an accepted call left for later must not count as a change by the next one. */
    async function jobsDone(): Promise<void> {
      const open = "select 1 from pgboss.job where state <= 'active' and start_after <= now() limit 1";
      await vi.waitFor(async () => expect(await world.lab.sql.row(open)).toBeNull(), { timeout: 20_000, interval: 50 });
    }

    /** What has changed since it was looked at last; nothing can have when nobody wrote. */
    async function changes(): Promise<string[]> {
      const mark = await writeMark();
      if (mark === lastWrite) return [];
      const was = before;
      lastWrite = mark;
      before = await rows.read(world.lab.sql, world.victim.tenantId);
      return differences(was, before).filter((change) => !isNewEndUser(change));
    }

    /** Grows with every transaction that writes. */
    async function writeMark(): Promise<string> {
      const row = await world.lab.sql.row<{ mark: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as mark');
      return row?.mark ?? '';
    }
  },
  { connect: false },
);

function isErrorBody(text: string, status: number, isBare: boolean): boolean {
  try {
    const { code, message, status: told } = JSON.parse(text) as Record<string, unknown>;
    return typeof message === 'string' && message !== '' && (isBare || (/^[a-z0-9_]+$/.test(String(code)) && told === status));
  } catch {
    return false;
  }
}

/** Memory in use when all that can go is gone. Unit: bytes. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
