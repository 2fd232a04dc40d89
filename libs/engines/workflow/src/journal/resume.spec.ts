import { decodeEntry, encodeEntry, MemoryJournal, type JournalEntry } from './journal.js';
import { succeeded } from '../nodes/node-result.js';
import { graphOf } from '../testing/graph.factory.js';
import { randomGraph, randomGraphTypes, seeded } from '../testing/random-graph.js';
import { scriptedNode, tell, testEngine, testFacts, testInputs, testPorts, type Told } from '../testing/workflow.harness.js';

const inputs = testInputs({ run: { system: { list: ['a', 'b', 'c'], user_id: 'u' } } });
const SEEDS = 150;

function stored(entries: readonly JournalEntry[]): JournalEntry[] {
  return entries.map((entry) => decodeEntry(JSON.parse(JSON.stringify(encodeEntry(entry))) as Record<string, unknown>));
}

/** What must not depend on scheduling or crashes. */
function essence({ end }: Told): unknown {
  const { type, outputs } = end;
  if (type === 'run_failed') return { type };
  return {
    type,
    outputs: {
      ...outputs,
      answer: ((outputs.answer ?? '') as string).split(/(?=<)/).sort(),
    },
    exceptions: end.exceptionsCount,
  };
}

describe('resume', () => {
  it('should give the same result after a cut at any node, on random graphs', async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const engine = testEngine(randomGraphTypes(seeded(seed)));
      const graph = engine.compile(randomGraph(seed));
      expect(graph.problems.filter(({ level }) => level === 'error')).toEqual([]);
      const journal = new MemoryJournal();
      const whole = await tell(engine.run(graph, inputs, testPorts(), { facts: testFacts, journal }));
      const cut = 1 + Math.floor(seeded(seed * 7)() * journal.entries.length);
      const rest = new MemoryJournal();
      const resumed = await tell(
        engine.resume(graph, inputs, stored(journal.entries.slice(0, cut)), testPorts(), { facts: testFacts, journal: rest }),
      );
      expect({ seed, cut, ...(essence(resumed) as object) }).toEqual({ seed, cut, ...(essence(whole) as object) });
    }
  });

  it('should end every node once per scope, whatever the order of results, and tell legal events', async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const document = randomGraph(seed);
      const results = await Promise.all(
        [1, 2].map(async (order) => {
          const engine = testEngine(randomGraphTypes(seeded(seed * 31 + order)));
          return tell(engine.run(engine.compile(document), inputs, testPorts(), { facts: testFacts }));
        }),
      );
      for (const told of results) checkOrder(seed, told);
      if (results.every(({ end }) => end.type !== 'run_failed')) expect(essence(results[1] as Told)).toEqual(essence(results[0] as Told));
    }
  });

  it('should pause inside an iteration and go on from snapshot and journal alike', async () => {
    const filled = new Set<string>();
    const ask = scriptedNode('ask', (context) => {
      const item = String(context.pool.get(['each', 'item'])?.value);
      if (filled.has(item)) return succeeded({ value: `${item}!` });
      return { status: 'paused', reason: { type: 'human_input_required', nodeId: context.nodeId, nodeTitle: '', formId: item } };
    });
    const graph = graphOf(
      {
        start: { type: 'start' },
        each: {
          type: 'iteration',
          iterator_selector: ['sys', 'list'],
          output_selector: ['ask', 'value'],
          start_node_id: 'first',
          is_parallel: true,
        },
        first: { type: 'iteration-start' },
        ask: { type: 'ask' },
        end: { type: 'end', outputs: [{ variable: 'all', value_selector: ['each', 'output'] }] },
      },
      ['start -> each -> end', 'first -> ask'],
    );
    const engine = testEngine([ask]);
    const compiled = engine.compile(graph);
    const journal = new MemoryJournal();
    const running = engine.run(compiled, inputs, testPorts(), { facts: testFacts, journal });
    const paused = await tell(running);
    expect(paused.end).toMatchObject({ type: 'run_paused', pausedNodes: ['ask', 'ask', 'ask'] });
    const snapshot: unknown = JSON.parse(JSON.stringify(running.snapshot()));
    const folded = engine.resume(compiled, inputs, stored(journal.entries), testPorts(), { facts: testFacts });
    expect(JSON.parse(JSON.stringify(folded.snapshot()))).toEqual(snapshot);

    filled.add('b');
    const second = engine.resumeFrom(compiled, inputs, snapshot, testPorts(), { facts: testFacts });
    expect((await tell(second)).end).toMatchObject({ type: 'run_paused', pausedNodes: ['ask', 'ask'] });
    filled.add('a').add('c');
    const third = engine.resumeFrom(compiled, inputs, JSON.parse(JSON.stringify(second.snapshot())), testPorts(), { facts: testFacts });
    expect((await tell(third)).end).toMatchObject({ type: 'run_succeeded', outputs: { all: ['a!', 'b!', 'c!'] } });
    expect((await tell(folded)).end).toMatchObject({ type: 'run_succeeded', outputs: { all: ['a!', 'b!', 'c!'] } });
  });

  it('should not run a node twice that must not, and say so', async () => {
    let sent = 0;
    const send = scriptedNode(
      'send',
      () => {
        sent += 1;
        return new Promise(() => undefined);
      },
      { repeatable: false },
    );
    const engine = testEngine([send]);
    const graph = engine.compile(graphOf({ start: { type: 'start' }, send: { type: 'send', title: 'Send' } }, ['start -> send']));
    const journal = new MemoryJournal();
    const stored_: string[] = [];
    const ports = testPorts({
      beforeEffect: async ({ nodeId }) => {
        stored_.push(nodeId);
      },
    });
    const controller = new AbortController();
    const first = tell(engine.run(graph, inputs, ports, { facts: testFacts, journal, signal: controller.signal }));
    await vi.waitUntil(() => sent === 1);
    controller.abort(new Error('the process is gone'));
    await first;
    const again = await tell(engine.resume(graph, inputs, stored(journal.entries), ports, { facts: testFacts }));
    expect(again.end).toMatchObject({ type: 'run_failed', errorType: 'InterruptedError', nodeId: 'send' });
    expect(sent).toBe(1);
    expect(stored_).toEqual(['send']);
  });
});

function checkOrder(seed: number, { events, end }: Told): void {
  const open = new Map<string, string>();
  const ended = new Set<string>();
  for (const event of events) {
    if (!('executionId' in event) || event.type === 'chunk') continue;
    const key = `${event.scope.path} ${event.nodeId}`;
    if (event.type === 'node_started') {
      expect({ seed, key, twice: open.has(key) || ended.has(key) }).toEqual({ seed, key, twice: false });
      open.set(key, event.executionId);
    } else if (event.type === 'node_finished') {
      expect({ seed, key, id: open.get(key) }).toEqual({ seed, key, id: event.executionId });
      open.delete(key);
      ended.add(key);
    } else expect({ seed, key, isOpen: open.has(key) }).toEqual({ seed, key, isOpen: true });
  }
  expect(events.at(-1)).toBe(end);
  expect(end.type).toMatch(/^run_(succeeded|partially_succeeded|failed)$/);
  if (end.type !== 'run_failed') expect([seed, [...open.keys()].filter((key) => key.startsWith(' '))]).toEqual([seed, []]);
}
