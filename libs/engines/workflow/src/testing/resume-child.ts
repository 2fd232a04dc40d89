import { text } from 'node:stream/consumers';
import type { RunningWorkflow } from '../engine.js';
import { decodeEntry } from '../journal/journal.js';
import { fixtureRuns, type FixtureRun } from './fixture-runs.js';
import { contractRuns } from './contract-runs.js';
import { outcomeOf } from './run-essence.js';
import { tell, testEngine, testFacts } from './workflow.harness.js';

/** What another process left behind of the runs of one fixture. */
export interface LeftBehind {
  /** Name of one of the fixtures. */
  fixture: string;
  runs: ({ journal: Record<string, unknown>[] } | { snapshot: unknown })[];
}

const engine = testEngine();
const fixtures = new Map([...fixtureRuns, ...contractRuns].map((fixture) => [fixture.name, fixture]));

function goOn({ graph, inputs, ports }: FixtureRun, left: LeftBehind['runs'][number]): RunningWorkflow {
  const compiled = engine.compile(graph);
  const options = { facts: testFacts };
  return 'journal' in left
    ? engine.resume(compiled, inputs, left.journal.map(decodeEntry), ports(true), options)
    : engine.resumeFrom(compiled, inputs, left.snapshot, ports(true), options);
}

/**
 * A process that goes on with runs of which it knows nothing but what another one stored: a list of {@link LeftBehind} as JSON comes in on stdin; for each fixture, what
 * became of each run goes out on stdout. Run by fresh-process.spec.ts.
 */
const ends: unknown[][] = [];
for (const { fixture, runs } of JSON.parse(await text(process.stdin)) as LeftBehind[]) {
  const found = fixtures.get(fixture);
  if (found === undefined) throw new Error(`There is no fixture ${fixture}.`);
  const came: unknown[] = [];
  for (const left of runs) came.push(outcomeOf(await tell(goOn(found, left))));
  ends.push(came);
}
process.stdout.write(JSON.stringify(ends));
