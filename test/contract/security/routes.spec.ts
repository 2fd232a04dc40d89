import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { rowOfRoute } from '#features/workspaces';
import { isRoleAllowed, listRoutes, type Role, type RouteInfo } from '#platform/http';
import { memberOf, setUp, startApi, stopApi, tenantIdOf } from '../../support/api-app.js';
import { describeEachDatabase } from '../../support/databases.js';
import type { ConsoleClient } from '../../support/console-client.js';

const NOBODY = '00000000-0000-7000-8000-000000000000';
const ROLES: readonly Role[] = ['owner', 'admin', 'editor', 'normal', 'dataset_operator'];
/** Would end the session that the other rows need. */
const NOT_CALLED = new Set(['POST /console/api/logout']);

const accessOf = (route: RouteInfo): string => {
  const { scheme, options } = route.access ?? { scheme: 'none', options: {} };
  return [scheme, ...Object.entries(options).map(([name, value]) => `${name}=${String(value)}`)].join(' ');
};

describeEachDatabase(
  'routes',
  (ctx) => {
    let app: NestFastifyApplication;
    let routes: RouteInfo[];
    let owner: ConsoleClient;
    /** Signed in, one of each role. */
    const clients = new Map<Role, ConsoleClient>();

    beforeAll(async () => {
      app = await startApi({ ...ctx.env, DEMO: 'false', ADMIN_API_KEY_ENABLE: 'true', ADMIN_API_KEY: 'the admin key' });
      routes = listRoutes(app);
      owner = await setUp(app);
      clients.set('owner', owner);
      const tenantId = await tenantIdOf(owner);
      for (const role of ROLES.slice(1)) clients.set(role, await memberOf(app, tenantId, role));
    });
    afterAll(() => stopApi(app));

    it('should be those of the inventory, each with the access it declares', async () => {
      const lines = routes.map((route) => `${route.method.padEnd(6)} ${route.path}  [${accessOf(route)}]`);

      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./route-inventory.txt');
    });

    it('should each declare who may call it', () => {
      expect(routes.filter((route) => route.access === null)).toEqual([]);
    });

    it('should let in the roles of the matrix, no others', () => {
      const guarded = routes.filter((route) => route.access?.scheme === 'console');
      const unlike = guarded.filter((route) => {
        const row = rowOfRoute(route.method, route.path);
        const { role } = route.access?.options as { role: string };
        return row === null || (row.checkedBy !== 'service' && row.rule !== role);
      });

      expect(guarded.length).toBeGreaterThan(20);
      expect(
        unlike.map(
          (route) =>
            `${route.method} ${route.path}: ${accessOf(route)}, matrix ${rowOfRoute(route.method, route.path)?.rule ?? 'knows it not: add a row to libs/features/workspaces/src/role-matrix.ts'}`,
        ),
      ).toEqual([]);
    });

    it('should answer every role as the matrix says', async () => {
      const wrong: string[] = [];

      for (const route of routes.filter((one) => one.access?.scheme === 'console' && !NOT_CALLED.has(`${one.method} ${one.path}`))) {
        const row = rowOfRoute(route.method, route.path);
        if (row === null || row.checkedBy === 'service') continue;
        for (const [role, client] of clients) {
          const path = route.path.replace('/console/api', '').replace(/:(\w+)/g, NOBODY);
          const { status } = await client.send(route.method as 'GET', path, route.method === 'GET' ? undefined : {});
          const isRefused = status === 403 || status === 401;
          if (isRefused === isRoleAllowed(row.rule, role) || status >= 500)
            wrong.push(`${role} ${route.method} ${route.path}: ${String(status)}`);
        }
      }

      expect(wrong).toEqual([]);
    });

    it('should refuse every member, whatever his role, where the admin key is asked for', async () => {
      const tenantId = await tenantIdOf(owner);
      const wrong: string[] = [];

      for (const route of routes.filter((one) => one.access?.scheme === 'admin-key')) {
        for (const [role, client] of clients) {
          const { status } = await client.send(route.method as 'GET', route.path.replace('/console/api', ''), undefined, {
            'x-workspace-id': tenantId,
          });
          if (status !== 401) wrong.push(`${role} ${route.method} ${route.path}: ${String(status)}`);
        }
      }

      expect(wrong).toEqual([]);
    });

    it('should refuse everybody without a credential', async () => {
      const open: string[] = [];

      for (const route of routes.filter((one) => one.access !== null && one.access.scheme !== 'public')) {
        const { statusCode } = await app.inject({
          method: route.method as 'GET',
          url: route.path.replace(/:(\w+)/g, NOBODY),
          headers: { 'content-type': 'application/json' },
          payload: '{}',
        });
        if (statusCode !== 401) open.push(`${route.method} ${route.path}: ${String(statusCode)}`);
      }

      expect(open).toEqual([]);
    });
  },
  { connect: false },
);
