import { MemoryJournal } from '../journal/journal.js';
import type { NodeType } from '../nodes/node-type.js';
import { succeeded } from '../nodes/node-result.js';
import { graphOf } from '../testing/graph.factory.js';
import { runGraph, scriptedNode, tell, testEngine, testFacts, testInputs, testPorts } from '../testing/workflow.harness.js';

const start = { type: 'start' };

describe('a run with little room for values', () => {
  const limits = { maxValuesSize: 5000 };
  const error = 'The values of the run hold more than 5000 characters (WORKFLOW_MAX_VALUES_SIZE).';
  const text = (length: number): NodeType => scriptedNode('text', () => succeeded({ text: 'x'.repeat(length) }));

  it('should fail the node whose outputs have no room beside the others', async () => {
    const graph = graphOf({ start, one: { type: 'text' }, two: { type: 'text' }, three: { type: 'text' } }, [
      'start -> one -> two -> three',
    ]);

    const told = await runGraph(graph, { types: [text(2000)], limits });

    expect(told.end).toMatchObject({ type: 'run_failed', error, errorType: 'ValueTooLargeError', nodeId: 'three' });
  });

  it('should count what a run begins with', async () => {
    const run = { system: { user_id: 'u', query: 'x'.repeat(4000) } };

    const told = await runGraph(graphOf({ start, one: { type: 'text' } }, ['start -> one']), { types: [text(2000)], limits, run });

    expect(told.end).toMatchObject({ type: 'run_failed', error });
  });

  it.each([
    [100, 'run_failed'],
    [10, 'run_succeeded'],
  ])('should count what the rounds of an iteration come to, for %s items: %s', async (count, type) => {
    const each = { type: 'iteration', iterator_selector: ['sys', 'list'], output_selector: ['one', 'text'], start_node_id: 'first' };
    const graph = graphOf({ start, each, first: { type: 'iteration-start' }, one: { type: 'text' } }, ['start -> each', 'first -> one']);
    const run = { system: { user_id: 'u', list: Array.from({ length: count }, () => 'i') } };

    expect((await runGraph(graph, { types: [text(200)], limits, run })).end.type).toBe(type);
  });

  it('should forget what was overwritten, and what nodes of rounds that have ended put out', async () => {
    const item = { variable_selector: ['conversation', 'v'], input_type: 'variable', operation: 'over-write', value: ['one', 'text'] };
    const graph = graphOf(
      {
        start,
        loop: { type: 'loop', loop_count: 50, start_node_id: 'first', break_conditions: [], loop_variables: [] },
        first: { type: 'loop-start' },
        one: { type: 'text' },
        keep: { type: 'assigner', version: '2', items: [item] },
      },
      ['start -> loop', 'first -> one -> keep'],
    );

    const run = { conversation: [{ name: 'v', type: 'string', value: '' }] } as const;

    expect((await runGraph(graph, { types: [text(1000)], limits, run })).end).toMatchObject({ type: 'run_succeeded' });
  });

  it('should count what a run holds that another process goes on with', async () => {
    const graph = graphOf({ start, one: { type: 'text' }, two: { type: 'text' }, three: { type: 'text' } }, [
      'start -> one -> two -> three',
    ]);
    const engine = testEngine([text(2000)]);
    const compiled = engine.compile(graph);
    const journal = new MemoryJournal();
    await tell(engine.run(compiled, testInputs(), testPorts(), { facts: testFacts, journal }));
    const cut = journal.entries.findIndex((entry) => entry.kind === 'done' && entry.nodeId === 'two');

    const resumed = await tell(
      engine.resume(compiled, testInputs(), journal.entries.slice(0, cut + 1), testPorts(), { facts: testFacts, limits }),
    );

    expect(resumed.end).toMatchObject({ type: 'run_failed', error, nodeId: 'three' });
  });
});
