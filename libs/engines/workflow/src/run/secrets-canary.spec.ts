import { encodeEntry, MemoryJournal } from '../journal/journal.js';
import { CANARY, fixtureRuns, type FixtureRun } from '../testing/fixture-runs.js';
import { secretRuns } from '../testing/secret-runs.js';
import { tell, testEngine, testFacts } from '../testing/workflow.harness.js';
import { WireEvents } from '../wire/wire-events.js';
import type { WireFacts } from '../wire/wire-frame.js';
import { CommandChannel } from './commands.js';
import type { WorkflowEvent } from './events.js';

/** Shapes in which what was in a secret could still be read. */
const SHAPES = [
  CANARY,
  // What stands before a text in base64 decides of its letters.
  ...['', 'user:'].map((before) =>
    Buffer.from(before + CANARY)
      .toString('base64')
      .slice(8, 24),
  ),
  Buffer.from(CANARY).toString('hex'),
];

/** Nodes that call the outside in every fixture where they run. */
const TALKING: ReadonlySet<string> = new Set([
  'llm',
  'http-request',
  'tool',
  'agent',
  'knowledge-retrieval',
  'knowledge-index',
  'datasource',
]);

/** The mark at the beginning of a secret's token. */
const TOKEN = '⟦';

const wireFacts: WireFacts = {
  mode: 'workflow',
  taskId: 'task',
  runId: 'run',
  workflowId: 'flow',
  conversationId: null,
  messageId: null,
  createdBy: {},
  inputs: {},
};

/** Everything that a run leaves behind, by where; with `pauseAfter` the run pauses after so many nodes and goes on from its snapshot. */
async function traceOf({ graph, inputs, ports }: FixtureRun, isAnswered: boolean, pauseAfter = Infinity) {
  const engine = testEngine();
  const compiled = engine.compile(graph);
  expect(compiled.problems.filter(({ level }) => level === 'error')).toEqual([]);
  const received: string[] = [];
  const journal = new MemoryJournal();
  const commands = new CommandChannel();
  let ended = 0;
  const layer = (event: WorkflowEvent): void => {
    if (event.type === 'node_finished' && (ended += 1) === pauseAfter) commands.send({ type: 'pause', reason: 'test' });
  };
  const running = engine.run(compiled, inputs, ports(isAnswered, received), { facts: testFacts, journal, commands, layers: [layer] });
  const told = await tell(running);
  const snapshot = running.snapshot();
  const events = [...told.events];
  if (told.end.type === 'run_paused') {
    const rest = await tell(engine.resumeFrom(compiled, inputs, snapshot, ports(true, received), { facts: testFacts, journal }));
    events.push(...rest.events);
  }
  const wire = (['workflow', 'advanced-chat'] as const).map((mode) => {
    const frames = new WireEvents({ ...wireFacts, mode });
    return events.flatMap((event) => frames.of(event));
  });
  const text = events.map((event) => (event.type === 'chunk' ? event.text : '')).join('');
  const left = { events, text, wire, snapshot, journal: journal.entries.map(encodeEntry), compiled };
  return { received, events, end: events.at(-1), left };
}

describe('secrets', () => {
  const logs = (['log', 'info', 'warn', 'error', 'debug'] as const).map((method) => vi.spyOn(console, method));

  it.each([...fixtureRuns, ...secretRuns])('should reach the outside of $name, and nothing that the run leaves behind', async (fixture) => {
    for (const pauseAfter of [Infinity, 1, 2, 3, 4, 5]) {
      for (const isAnswered of [true, false]) {
        const { received, events, left, end } = await traceOf(fixture, isAnswered, pauseAfter);

        for (const [where, what] of Object.entries(left)) {
          const text = JSON.stringify(what);
          expect([where, SHAPES.filter((shape) => text.includes(shape))]).toEqual([where, []]);
        }
        const isTold = events.some((event) => event.type === 'node_finished' && TALKING.has(event.nodeType));
        expect(received.join().includes(CANARY)).toBe(isTold);
        expect(end?.type).toMatch(fixture.name === 'lastWords' ? /^run_failed$/ : /succeeded$/);
        // The name stands where the value would, not the token that the engine has for it.
        const shown = JSON.stringify([left.events, left.text, left.wire]);
        expect({ hasName: shown.includes('{{#env.KEY#}}'), hasToken: shown.includes(TOKEN) }).toEqual({ hasName: true, hasToken: false });
      }
    }
    expect(logs.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });
});
