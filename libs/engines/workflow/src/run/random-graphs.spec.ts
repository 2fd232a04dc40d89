import type { NodeFinished } from './events.js';
import type { RunLimits } from './run-options.js';
import { illegalities } from '../testing/legal-run.js';
import { randomGraph, randomGraphTypes, seeded } from '../testing/random-graph.js';
import { essenceOf, tellInTime } from '../testing/run-essence.js';
import { testEngine, testFacts, testInputs, testPorts, type Told } from '../testing/workflow.harness.js';

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);
const inputs = testInputs({ run: { system: { list: ['a', 'b', 'c'], user_id: 'u' } } });

/** Ways for the same results to come in another order. */
const schedules: readonly Partial<RunLimits>[] = [{}, {}, { maxParallelNodes: 1 }, { maxParallelNodes: 2 }];

async function runAll(seed: number): Promise<{ told: Told; wrong: string[] }[]> {
  const document = randomGraph(seed);
  return Promise.all(
    schedules.map(async (limits, index) => {
      const engine = testEngine(randomGraphTypes(seeded(seed * 31 + index)));
      const graph = engine.compile(document);
      const told = await tellInTime(
        engine.run(graph, inputs, testPorts(), { facts: testFacts, limits }),
        `of seed ${seed}, schedule ${index}`,
      );
      return { told, wrong: illegalities(graph, told.events) };
    }),
  );
}

/** How each execution of a node ended. */
function endings({ events }: Told): string[] {
  return events
    .filter((event): event is NodeFinished => event.type === 'node_finished')
    .map(({ scope, nodeId, status, handle, outputs }) => `${scope.path} ${nodeId} ${status} ${handle} ${JSON.stringify(outputs)}`)
    .sort();
}

describe('runs of random graphs', () => {
  it('should end, tell legal events, take or skip each node once a scope, and not depend on scheduling', async () => {
    const ends = new Map<string, number>();
    for (const seed of SEEDS) {
      const [first, ...others] = await runAll(seed);
      expect([seed, first!.wrong, ...others.flatMap(({ wrong }) => wrong)]).toEqual([seed, []]);
      for (const { told } of others) {
        expect([seed, essenceOf(told)]).toEqual([seed, essenceOf(first!.told)]);
        if (told.end.type !== 'run_failed') expect([seed, endings(told)]).toEqual([seed, endings(first!.told)]);
      }
      ends.set(first!.told.end.type, (ends.get(first!.told.end.type) ?? 0) + 1);
    }
    // The graphs are of every kind.
    expect([...ends.keys()].sort()).toEqual(['run_failed', 'run_partially_succeeded', 'run_succeeded']);
    expect(Math.min(...ends.values())).toBeGreaterThan(SEEDS.length / 20);
  });
});
