import { decodeEntry, encodeEntry, MemoryJournal, type JournalEntry } from './journal.js';
import type { RunSnapshot } from './snapshot.js';
import { succeeded } from '../nodes/node-result.js';
import { CommandChannel } from '../run/commands.js';
import type { WorkflowEvent } from '../run/events.js';
import { graphOf } from '../testing/graph.factory.js';
import { randomGraph, randomGraphTypes, seeded } from '../testing/random-graph.js';
import { essenceOf, tellInTime } from '../testing/run-essence.js';
import { scriptedNode, tell, testEngine, testFacts, testInputs, testPorts } from '../testing/workflow.harness.js';

const inputs = testInputs({ run: { system: { list: ['a', 'b', 'c'], user_id: 'u' } } });
const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** As a store gives it back. */
function stored(entries: readonly JournalEntry[]): JournalEntry[] {
  return entries.map((entry) => decodeEntry(JSON.parse(JSON.stringify(encodeEntry(entry))) as Record<string, unknown>));
}

/**
 * A snapshot without what the journal does not know and nobody can see: ids that nodes have before they begin (when a piece of an answer is theirs), and texts that
 * wait to be shown although their nodes have ended, whose value says the same.
 */
function comparable(snapshot: RunSnapshot): unknown {
  const frames = snapshot.frames.map((frame) => ({
    ...frame,
    coordinator: { ...frame.coordinator, streams: frame.coordinator.streams.filter(({ 3: isClosed }) => !isClosed) },
    executionIds: frame.executionIds.map((id, node) => (frame.nodes[node] === '1' || frame.paused.includes(node) ? id : null)),
  }));
  return json({ ...snapshot, frames });
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('resume', () => {
  it('should give the same result after a cut anywhere, on random graphs', async () => {
    let cuts = 0;
    for (const seed of seeds(60)) {
      const engine = testEngine(randomGraphTypes(seeded(seed)));
      const graph = engine.compile(randomGraph(seed));
      expect(graph.problems.filter(({ level }) => level === 'error')).toEqual([]);
      const { entries, ...journal } = withJournal();
      const whole = await tellInTime(engine.run(graph, inputs, testPorts(), { facts: testFacts, ...journal }), `of seed ${seed}`);
      for (let cut = 1; cut <= entries.length; cut += 1) {
        const run = engine.resume(graph, inputs, stored(entries.slice(0, cut)), testPorts(), { facts: testFacts });
        const resumed = await tellInTime(run, `of seed ${seed}, cut ${cut}`);
        expect([seed, cut, essenceOf(resumed)]).toEqual([seed, cut, essenceOf(whole)]);
        cuts += 1;
      }
    }
    expect(cuts).toBeGreaterThan(1000);
  });

  it('should bring the journal of a paused run to what its snapshot holds, and both to the same end, on random graphs', async () => {
    let pauses = 0;
    for (const seed of seeds(60)) {
      const engine = testEngine(randomGraphTypes(seeded(seed)));
      const graph = engine.compile(randomGraph(seed));
      const whole = await tellInTime(engine.run(graph, inputs, testPorts(), { facts: testFacts }), `of seed ${seed}`);
      for (let after = 1; after <= 12; after += 1) {
        const commands = new CommandChannel();
        let ended = 0;
        const pause = (event: WorkflowEvent): void => {
          if (event.type === 'node_finished' && (ended += 1) === after) commands.send({ type: 'pause', reason: 'test' });
        };
        const { entries, ...journal } = withJournal();
        const running = engine.run(graph, inputs, testPorts(), { facts: testFacts, commands, layers: [pause], ...journal });
        const { end } = await tellInTime(running, `of seed ${seed}, pause ${after}`);
        if (end.type !== 'run_paused') continue;
        pauses += 1;
        const snapshot = running.snapshot();
        const folded = engine.resume(graph, inputs, stored(entries), testPorts(), { facts: testFacts });
        expect([seed, after, comparable(folded.snapshot())]).toEqual([seed, after, comparable(snapshot)]);
        const restored = engine.resumeFrom(graph, inputs, json(snapshot), testPorts(), { facts: testFacts });
        for (const run of [folded, restored]) {
          const resumed = await tellInTime(run, `of seed ${seed}, resumed from pause ${after}`);
          expect([seed, after, essenceOf(resumed)]).toEqual([seed, after, essenceOf(whole)]);
        }
      }
    }
    expect(pauses).toBeGreaterThan(100);
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

  it('should replace what was shown by what is certain, and tell which node runs again', async () => {
    const say = scriptedNode(
      'say',
      async (context) => {
        context.stream('text', `words of ${context.nodeId}`);
        await Promise.resolve();
        return succeeded({ text: `words of ${context.nodeId}` });
      },
      { streams: ['text'] },
    );
    const engine = testEngine([say]);
    const nodes = { start: { type: 'start' }, one: { type: 'say' }, two: { type: 'say' } };
    const answer = { type: 'answer', answer: '{{#one.text#}}, {{#two.text#}}.' };
    const graph = engine.compile(graphOf({ ...nodes, answer }, ['start -> one -> two -> answer']));
    const { entries, ...journal } = withJournal();
    const whole = await tell(engine.run(graph, inputs, testPorts(), { facts: testFacts, ...journal }));
    const cut = entries.findIndex((entry) => entry.kind === 'begun' && entry.nodeId === 'two');
    const { events, lines, text } = await tell(
      engine.resume(graph, inputs, stored(entries.slice(0, cut + 1)), testPorts(), { facts: testFacts }),
    );

    expect(lines.slice(0, 5)).toEqual(['run_started', 'text_replaced', 'node_retry two', 'node_started two', 'chunk two "words of two"']);
    expect(events[1]).toMatchObject({ text: 'words of one, ' });
    expect(events[2]).toMatchObject({ retryIndex: 1, errorType: 'InterruptedError' });
    expect(`words of one, ${text}`).toBe(whole.text);
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

function withJournal(): { journal: MemoryJournal; entries: JournalEntry[] } {
  const journal = new MemoryJournal();
  return { journal, entries: journal.entries };
}
