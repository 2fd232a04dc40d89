import { listRoutes, type RouteInfo } from '#platform/http';
import { describeEachDatabase } from '../../support/databases.js';
import { recipesOf, RECIPES_FOLDER } from './recipes/index.js';
import type { Actor, Ids, Recipe } from './support/actor.js';
import { requestOf } from './support/actor.js';
import type { WireAnswer } from './support/call.js';
import { differences, WorkspaceRows } from './support/rows.js';
import { MARK } from './support/workspace-objects.js';
import { World } from './support/world.js';

type IdName = keyof Ids;

/** A route with what is needed to call it. */
interface Trial {
  route: RouteInfo;
  recipe: Recipe;
  /** Of the victim, with those made for this route. */
  ids: Ids;
}

const nameOf = (route: RouteInfo): string => `${route.method} ${route.path}`;
const isGood = (status: number): boolean => status >= 200 && status < 300;
const FILE_LINK = /\/files\/([0-9a-f-]{36})\/[\w-]+\?[\w=&%.-]+/g;

/** Which ids a call is made of. */
function idsUsedBy(recipe: Recipe, actor: Actor): IdName[] {
  const used = new Set<IdName>();
  const watched = new Proxy(actor.ids, {
    get: (ids, name) => {
      used.add(name as IdName);
      return Reflect.get(ids, name) as string;
    },
  });
  recipe.call(watched, actor);
  return [...used];
}

describeEachDatabase(
  'two workspaces',
  (ctx) => {
    const world = new World();
    const trials: Trial[] = [];
    /** Ids that attackers have stored as texts of their own: they come back to them. */
    const echoed = new Set<string>();
    let routes: RouteInfo[];
    let recipes: Readonly<Record<string, Recipe>>;
    let rows: WorkspaceRows;

    const recipeOf = (route: RouteInfo): Recipe | undefined =>
      recipes[nameOf(route)] ?? (route.method === 'GET' && !route.path.includes(':') ? { call: () => ({}) } : undefined);
    const ofScheme = (...schemes: string[]): Trial[] => trials.filter(({ route }) => schemes.includes(route.access?.scheme ?? ''));

    beforeAll(async () => {
      await world.start(ctx.env);
      routes = listRoutes(world.lab.app);
      recipes = recipesOf(world.objects);
      rows = await WorkspaceRows.of(world.lab.sql);
      for (const route of routes) {
        const recipe = recipeOf(route);
        if (recipe === undefined) continue;
        trials.push({ route, recipe, ids: { ...world.victim.ids, ...(await recipe.before?.(world.victim)) } });
      }
    });
    afterAll(() => world.stop());

    it('should know how to call every route', () => {
      const names = new Set(routes.map(nameOf));

      expect(
        routes
          .filter((route) => recipeOf(route) === undefined)
          .map((route) => `${nameOf(route)}: add a recipe for it to ${RECIPES_FOLDER}`),
      ).toEqual([]);
      expect(Object.keys(recipes).filter((name) => !names.has(name))).toEqual([]);
    });

    it("should have objects of every kind, the stranger's other ones", () => {
      for (const name of Object.keys(world.victim.ids) as IdName[]) {
        expect([name, world.victim.ids[name]]).not.toEqual([name, '']);
        expect([name, world.stranger.ids[name]]).not.toEqual([name, world.victim.ids[name]]);
      }
    });

    it('should refuse another workspace on every console route', async () => {
      expect(await attack(world.stranger, ofScheme('console'))).toEqual([]);
    });

    it('should keep debug runs among those who began them', async () => {
      expect(await attack(world.colleague, ofScheme('console').filter(namesForeign(world.colleague)))).toEqual([]);
    });

    it.each([
      ['of another workspace', () => world.stranger],
      ['of another app of the workspace', () => world.neighbour],
    ])('should refuse the key %s on every route of the service API', async (_, attacker) => {
      expect(await attack(attacker(), ofScheme('app-key'))).toEqual([]);
    });

    it('should tell the holder of a key of knowledge of his own workspace alone', async () => {
      expect(await attack(world.stranger, ofScheme('dataset-key'))).toEqual([]);
    });

    it('should list the workspaces of all for nobody without the admin key', async () => {
      expect(await attack(world.stranger, ofScheme('admin-key'))).toEqual([]);
    });

    it('should refuse another end user with the same key on every route of the service API', async () => {
      expect(
        await attack(
          world.otherUser,
          ofScheme('app-key').filter(({ recipe }) => recipe.shared === undefined),
        ),
      ).toEqual([]);
    });

    it('should tell nobody without a credential of a workspace', async () => {
      expect(
        await attack(
          world.stranger,
          ofScheme('public').filter(({ recipe }) => recipe.open === undefined),
        ),
      ).toEqual([]);
    });

    // Last: it uses objects up, and shows that all of them were there while others asked.
    it('should serve the owner on every route, with the same ids', async () => {
      const wrong: string[] = [];
      for (const { route, recipe, ids } of trials) {
        const { status, text } = await world.wire.send(requestOf(route, recipe.call(ids, world.victim), world.victim, recipe.app));
        if (recipe.control === undefined ? !isGood(status) : status !== recipe.control[0])
          wrong.push(`${nameOf(route)}: ${String(status)} ${text.slice(0, 300)}`);
      }

      expect(wrong).toEqual([]);
    });

    const namesForeign =
      (attacker: Actor) =>
      ({ recipe }: Trial): boolean =>
        idsUsedBy(recipe, attacker).some((name) => attacker.ids[name] !== world.victim.ids[name]);

    /** Calls routes with the victim's ids, all at once and one at a time among the attacker's own; what went wrong. */
    async function attack(attacker: Actor, on: readonly Trial[]): Promise<string[]> {
      const wrong: string[] = [];
      let before = await rows.read(world.lab.sql, world.victim.tenantId);
      for (const trial of on) {
        const foreign = idsUsedBy(trial.recipe, attacker).filter((name) => attacker.ids[name] !== trial.ids[name]);
        const isPublic = trial.route.access?.scheme === 'public';
        // A signed link is its own credential: only a mixture of two is an attack.
        const sets = [...(isPublic && foreign.length > 0 ? [] : [foreign]), ...(foreign.length > 1 ? foreign.map((name) => [name]) : [])];
        for (const names of sets) {
          const problems = await attempt(attacker, trial, names);
          const after = await rows.read(world.lab.sql, world.victim.tenantId);
          const changes = differences(before, after, attacker.tenantId === world.victim.tenantId);
          before = after;
          for (const problem of [...problems, ...changes.map((change) => `changed a row: ${change.slice(0, 300)}`)])
            wrong.push(`${attacker.name} ${nameOf(trial.route)} with ${names.join(', ') || 'no id'} of the victim: ${problem}`);
        }
      }
      return wrong;
    }

    async function attempt(attacker: Actor, { route, recipe, ids }: Trial, names: readonly IdName[]): Promise<string[]> {
      const stolen = Object.fromEntries(names.map((name) => [name, ids[name]]));
      const request = requestOf(route, recipe.call({ ...attacker.ids, ...stolen }, attacker), attacker, recipe.app);
      const answer = await world.wire.send(request);
      const { status, text } = answer;
      const said = `${String(status)} ${text.slice(0, 300)}`;
      const refusals = [403, 404, ...(recipe.refusal === undefined ? [] : [recipe.refusal[0]])];
      const mustBeRefused = names.some((name) => !recipe.echoes?.includes(name)) && recipe.quiet === undefined;
      const problems: string[] = [];
      if (mustBeRefused ? !refusals.includes(status) : status >= 500) problems.push(`answered ${said}`);
      const stored = names.filter((name) => recipe.echoes?.includes(name)).map((name) => ids[name]);
      for (const id of stored) echoed.add(id);
      const sent = `${decodeURIComponent(request.path)} ${String(request.body ?? '')}`;
      problems.push(
        ...secretsOf(attacker, ids)
          .filter((secret) => text.includes(secret) && !sent.includes(secret) && !echoed.has(secret))
          .map((secret) => `told ${secret}`),
      );
      return [...problems, ...(await openLinks(answer, ids))];
    }

    /** What must not be told to an attacker. */
    function secretsOf(attacker: Actor, ids: Ids): string[] {
      const { victim } = world;
      const own = new Set<string>([...Object.values(attacker.ids), attacker.chatKey, attacker.completionKey, attacker.datasetKey]);
      const secrets = [...Object.values(ids), victim.chatKey, victim.completionKey, victim.datasetKey, `sk-${victim.name}-secret`].filter(
        (text) => !own.has(text),
      );
      return attacker.tenantId === victim.tenantId ? secrets : [...secrets, `${MARK} ${victim.name}`];
    }

    /** Links in an answer that lead to a file of the victim. */
    async function openLinks({ text }: WireAnswer, ids: Ids): Promise<string[]> {
      const files = new Set([ids.fileId, ids.looseFileId, ids.documentId, ids.pictureId]);
      const open: string[] = [];
      for (const [path, fileId = ''] of text.matchAll(FILE_LINK)) {
        if (!files.has(fileId)) continue;
        const { status } = await world.wire.send({ method: 'GET', path, headers: {} });
        if (status !== 404) open.push(`gave a link that opens ${fileId}: ${String(status)}`);
      }
      return open;
    }
  },
  { connect: false },
);
