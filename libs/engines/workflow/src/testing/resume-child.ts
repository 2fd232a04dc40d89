import { text } from 'node:stream/consumers';
import type { RunningWorkflow } from '../engine.js';
import { decodeEntry } from '../journal/journal.js';
import { EchoOutside } from './echo-outside.js';
import { fixtureRuns } from './fixture-runs.js';
import { outcomeOf } from './run-essence.js';
import { tell, testEngine, testFacts } from './workflow.harness.js';

/** What another process left behind of a run. */
export interface LeftBehind {
  /** Name of one of the fixtures. */
  fixture: string;
  runs: ({ journal: Record<string, unknown>[] } | { snapshot: unknown })[];
}

/**
 * A process that goes on with runs of which it knows nothing but what another one stored: a {@link LeftBehind} as JSON comes in on stdin, what became of each run goes
 * out on stdout. Run by fresh-process.spec.ts.
 */
const { fixture, runs } = JSON.parse(await text(process.stdin)) as LeftBehind;
const found = fixtureRuns.find(({ name }) => name === fixture);
if (found === undefined) throw new Error(`There is no fixture ${fixture}.`);
const { graph, inputs } = found;
const engine = testEngine();
const compiled = engine.compile(graph);

function goOn(left: LeftBehind['runs'][number]): RunningWorkflow {
  const ports = new EchoOutside(true).ports();
  const options = { facts: testFacts };
  return 'journal' in left
    ? engine.resume(compiled, inputs, left.journal.map(decodeEntry), ports, options)
    : engine.resumeFrom(compiled, inputs, left.snapshot, ports, options);
}

const ends: unknown[] = [];
for (const left of runs) ends.push(outcomeOf(await tell(goOn(left))));
process.stdout.write(JSON.stringify(ends));
