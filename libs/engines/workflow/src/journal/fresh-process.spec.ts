import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { rolldown } from 'rolldown';
import { CommandChannel } from '../run/commands.js';
import type { WorkflowEvent } from '../run/events.js';
import { contractRuns } from '../testing/contract-runs.js';
import { fixtureRuns, type FixtureRun } from '../testing/fixture-runs.js';
import type { LeftBehind } from '../testing/resume-child.js';
import { outcomeOf } from '../testing/run-essence.js';
import { tell, testEngine, testFacts, type Told } from '../testing/workflow.harness.js';
import { encodeEntry, MemoryJournal, type JournalEntry } from './journal.js';

const engine = testEngine();
const root = join(import.meta.dirname, '../../../../..');
const fixtures = [...fixtureRuns, ...contractRuns];
/** A process starts slowly, and many runs take time: a few processes share the fixtures. */
const PROCESSES = 3;
let folder: string;

/** The child runs in a plain Node: its sources are joined into one file, packages stay where they are. */
beforeAll(async () => {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'resume-child-'));
  const bundle = await rolldown({
    input: join(import.meta.dirname, '../testing/resume-child.ts'),
    platform: 'node',
    resolve: { conditionNames: ['baya-source', 'node', 'import', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
    external: /^[^.#/]/,
    logLevel: 'silent',
  });
  await bundle.write({ file: join(folder, 'child.mjs'), format: 'esm', codeSplitting: false });
}, 180_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function inFreshProcess(left: readonly LeftBehind[]): Promise<unknown[][]> {
  const child = spawn(process.execPath, [join(folder, 'child.mjs')], { stdio: ['pipe', 'pipe', 'inherit'], env: {} });
  child.stdin.end(JSON.stringify(left));
  return JSON.parse(await text(child.stdout)) as unknown[][];
}

interface Ran {
  told: Told;
  entries: JournalEntry[];
  snapshot: unknown;
}

/** Runs a fixture here; it pauses after so many nodes. */
async function run({ graph, inputs, ports }: FixtureRun, { isAnswered = true, pauseAfter = Infinity } = {}): Promise<Ran> {
  const commands = new CommandChannel();
  const journal = new MemoryJournal();
  let ended = 0;
  const pause = (event: WorkflowEvent): void => {
    if (event.type === 'node_finished' && (ended += 1) === pauseAfter) commands.send({ type: 'pause', reason: 'test' });
  };
  const running = engine.run(engine.compile(graph), inputs, ports(isAnswered), { facts: testFacts, journal, commands, layers: [pause] });
  return { told: await tell(running), entries: journal.entries, snapshot: running.snapshot() };
}

/** Whether a node that must not run twice was at work where the journal was cut. */
function isCaughtAtWork(entries: readonly JournalEntry[]): boolean {
  const open = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'begun' && entry.mustNotRepeat) open.add(entry.executionId);
    else if ('executionId' in entry) open.delete(entry.executionId);
  }
  return open.size > 0;
}

const journalOf = (entries: readonly JournalEntry[]): Record<string, unknown>[] => entries.map(encodeEntry);

/** A fixture that ran here to its end, and what is left of it at every cut and pause. */
interface Fixture {
  whole: Ran;
  cuts: JournalEntry[][];
  pauses: Ran[];
}

async function cutAndPaused(fixture: FixtureRun): Promise<Fixture> {
  const whole = await run(fixture);
  const cuts = whole.entries.map((_, index) => whole.entries.slice(0, index + 1));
  const pauses: Ran[] = [];
  const nodes = whole.told.events.filter(({ type }) => type === 'node_finished').length;
  const hasForm = fixture.graph.nodes.some(({ data }) => data.type === 'human-input');
  for (let pauseAfter = 1; pauseAfter <= nodes; pauseAfter += 1) {
    for (const isAnswered of hasForm ? [true, false] : [true]) {
      const ran = await run(fixture, { isAnswered, pauseAfter });
      if (ran.told.end.type === 'run_paused') pauses.push(ran);
    }
  }
  return { whole, cuts, pauses };
}

function leftOf(fixture: string, { cuts, pauses }: Fixture): LeftBehind {
  const runs = [
    ...cuts.map((entries) => ({ journal: journalOf(entries) })),
    ...pauses.map(({ entries }) => ({ journal: journalOf(entries) })),
    ...pauses.map(({ snapshot }) => ({ snapshot })),
  ];
  return { fixture, runs };
}

describe('a run that a fresh process goes on with', () => {
  const made = new Map<string, Fixture>();
  const ends = new Map<string, unknown[]>();

  beforeAll(async () => {
    for (const fixture of fixtures) made.set(fixture.name, await cutAndPaused(fixture));
    const shares = Array.from({ length: PROCESSES }, (_, share) => [...made].filter((__, index) => index % PROCESSES === share));
    for (const share of shares) {
      const came = await inFreshProcess(share.map(([name, fixture]) => leftOf(name, fixture)));
      share.forEach(([name], index) => ends.set(name, came[index] ?? []));
    }
  }, 180_000);

  it.each(fixtures)('should come to the same result from every cut and pause of $name', ({ name, graph }) => {
    const { whole, cuts, pauses } = made.get(name) as Fixture;
    // What follows the first node is ready before a pause can come.
    if (graph.nodes.length > 2) expect(pauses.length).toBeGreaterThan(0);

    const outcome = JSON.parse(JSON.stringify(outcomeOf(whole.told))) as Record<string, unknown>;
    const expected = [
      ...cuts.map((entries) => (isCaughtAtWork(entries) ? LOST : outcome)),
      ...[...pauses, ...pauses].map(({ entries }) => withLooks(outcome, entries)),
    ];
    const came = ends.get(name) ?? [];
    expect(came).toHaveLength(expected.length);
    came.forEach((end, index) => {
      expect([index, end]).toEqual([index, expect.objectContaining(expected[index] as object)]);
    });
  });
});

const LOST = { type: 'run_failed', errorType: 'InterruptedError' };

/** A node that waits has looked in vain; that is a step more. */
function withLooks(outcome: Record<string, unknown>, entries: readonly JournalEntry[]): Record<string, unknown> {
  if (outcome.steps === undefined) return outcome;
  return { ...outcome, steps: Number(outcome.steps) + entries.filter(({ kind }) => kind === 'paused').length };
}
