// Shows that the checks catch what they are for: in a copy of the tree each fault is planted, and the one check that must find it has
// to fail with its own words, after it passed without the fault. `node scripts/planted-faults.mjs [name ...]` tries some of them only.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root, run } from './lib.mjs';

const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.data', 'coverage']);
const node = process.execPath;

const lint = (tree) => tree.run(join(root, 'node_modules/.bin/eslint'), ['--max-warnings', '0', 'libs/platform/mail/src/index.ts']);
const openApi = (tree) => tree.run(node, ['scripts/openapi.mjs', '--check']);
const entities = (tree) => tree.run(node, ['scripts/migration-check.mjs', '--entities']);
const start = (tree) => tree.start();

/** Each: the check, the file and what is changed in it, and what the check has to say. Those of a lane run one after the other. */
const faults = [
  {
    name: 'a border violation',
    lane: 'program',
    check: lint,
    file: 'libs/platform/mail/src/index.ts',
    plant: (text) => `${text}export { AppService } from '#features/apps';\n`,
    says: /registry/,
  },
  {
    name: 'an entity change without a migration',
    lane: 'program',
    check: entities,
    file: 'libs/features/workspaces/src/entities/tenant.entity.ts',
    plant: (text) =>
      text.replace(/^(\s*)@PrimaryColumn\('uuid'\) id: string;/m, "$&\n$1@Column('text', { nullable: true }) planted: string | null;"),
    says: /entities and migrations differ.*"planted"/,
  },
  {
    name: 'a route without an authenticator',
    lane: 'program',
    check: start,
    file: 'libs/platform/http/src/health/health.controller.ts',
    plant: (text) =>
      text.replace(/\}\s*$/, "\n  @Get('planted')\n  planted(): HealthResponse {\n    return HealthResponse.now();\n  }\n}\n"),
    says: /GET \/planted .*access declaration/,
  },
  {
    name: 'a job without a handler',
    lane: 'program',
    check: start,
    file: 'libs/features/apps/src/apps.worker.module.ts',
    plant: (text) => text.replace('providers: [PurgeAppProcessor]', 'providers: []'),
    says: /job app\.purge has no handler/,
  },
  {
    name: 'an OpenAPI change',
    lane: 'documents',
    check: openApi,
    file: 'libs/platform/http/src/health/health.response.ts',
    plant: (text) => text.replace('* Id of the process.', '* Planted.'),
    says: /root\.json is not what the controllers say/,
  },
];

/** A copy of the sources with a build of its own. */
class Tree {
  constructor() {
    this.path = mkdtempSync(join(tmpdir(), 'baya-planted-'));
    cpSync(root, this.path, { recursive: true, filter: (source) => !LEFT_OUT.has(relative(root, source)) });
    cpSync(join(root, 'dist/embedded'), join(this.path, 'dist/embedded'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.path, 'node_modules'), 'dir');
  }

  run(command, args) {
    return run(command, args, { cwd: this.path, capture: true });
  }

  /** Builds the copy as `npm run build` does. */
  async build() {
    const { code, output } = await this.run(node, ['scripts/build.mjs']);
    if (code !== 0) throw new Error(`The copy does not build:\n${output}`);
  }

  /** Starts the program and ends it again once it is ready. */
  async start() {
    const { startBaya } = await import(pathToFileURL(join(this.path, 'bench/lib/servers.mjs')).href);
    try {
      const baya = await startBaya({ env: { DEMO: 'false' }, timeoutMs: 120_000 });
      await baya.stop();
      baya.remove();
      return { code: 0, output: 'ready' };
    } catch (error) {
      return { code: 1, output: error.message };
    }
  }

  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** What is wrong with the check of a fault, or nothing. `passed` remembers which checks passed without one. */
async function problemOf({ check, file, plant, says }, tree, passed) {
  if (!passed.has(check)) {
    const { code, output } = await check(tree);
    if (code !== 0) return `the check fails without the fault:\n${output}`;
    passed.add(check);
  }
  const path = join(tree.path, file);
  const before = readFileSync(path, 'utf8');
  const after = plant(before);
  if (after === before) return `${file} is not as the fault expects it: plant it elsewhere`;
  writeFileSync(path, after);
  try {
    if (check === start) await tree.build();
    const { code, output } = await check(tree);
    if (code === 0) return 'the check passes with the fault';
    return says.test(output) ? null : `the check fails, and not with ${String(says)}:\n${output}`;
  } finally {
    writeFileSync(path, before);
  }
}

async function runLane(lane) {
  const tree = new Tree();
  const passed = new Set();
  let failures = 0;
  try {
    if (lane.some(({ check }) => check === start || check === entities)) await tree.build();
    for (const fault of lane) {
      const since = Date.now();
      const problem = await problemOf(fault, tree, passed);
      const seconds = `${((Date.now() - since) / 1000).toFixed(0)} s`;
      console.log(problem === null ? `${fault.name}: caught (${seconds})` : `${fault.name}: NOT CAUGHT: ${problem}`);
      if (problem !== null) failures += 1;
    }
  } finally {
    tree.remove();
  }
  return failures;
}

await build();
const wanted = process.argv.slice(2);
const chosen = faults.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
const lanes = [...new Set(chosen.map(({ lane }) => lane))];
const failures = await Promise.all(lanes.map((lane) => runLane(chosen.filter((fault) => fault.lane === lane))));
process.exit(failures.every((count) => count === 0) ? 0 : 1);
