import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { succeeded } from '../nodes/node-result.js';
import { graphOf } from '../testing/graph.factory.js';
import { mockModels, mockUsage } from '../testing/mock-models.js';
import { runGraph, scriptedNode, testEngine } from '../testing/workflow.harness.js';
import { DEFAULT_LIMITS } from './run-options.js';

const differences = readFileSync(join(import.meta.dirname, '../../../../../docs/differences.md'), 'utf8');

/** Where the engine does otherwise than Dify, by the first cell of its row in docs/differences.md. */
const deviations: Readonly<Record<string, () => Promise<void> | void>> = {
  'Workflows: `WORKFLOW_MAX_EXECUTION_STEPS`': () => {
    expect(DEFAULT_LIMITS.maxSteps).toBe(10_000);
  },

  'Workflows: nodes at work at the same time': async () => {
    let atWork = 0;
    let most = 0;
    const work = scriptedNode('work', async () => {
      most = Math.max(most, (atWork += 1));
      await new Promise(setImmediate);
      atWork -= 1;
      return succeeded({});
    });
    const ids = Array.from({ length: 60 }, (_, index) => `n${index}`);
    const graph = graphOf(
      { start: { type: 'start', variables: [] }, ...Object.fromEntries(ids.map((id) => [id, { type: 'work' }])) },
      ids.map((id) => `start -> ${id}`),
    );
    expect((await runGraph(graph, { types: [work] })).end.type).toBe('run_succeeded');
    expect(most).toBe(50);
  },

  'Workflows: retry': async () => {
    const retry_config = { retry_enabled: true, max_retries: 99, retry_interval: 0 };
    const graph = graphOf(
      { start: { type: 'start', variables: [] }, list: { type: 'list-operator', variable: ['no', 'list'], retry_config } },
      ['start -> list'],
    );
    const { events, end } = await runGraph(graph);
    expect(end.type).toBe('run_failed');
    expect(events.filter(({ type }) => type === 'node_retry')).toHaveLength(10);
  },

  'Workflows: containers': async () => {
    const round = { is_parallel: false, error_handle_mode: 'terminated', output_type: 'array[string]' };
    const graph = graphOf(
      {
        start: { type: 'start', variables: [] },
        outer: {
          type: 'iteration',
          iterator_selector: ['sys', 'lists'],
          output_selector: ['inner', 'output'],
          start_node_id: 'o',
          ...round,
        },
        o: { type: 'iteration-start' },
        inner: { type: 'iteration', iterator_selector: ['outer', 'item'], output_selector: ['ask', 'item'], start_node_id: 'i', ...round },
        i: { type: 'iteration-start' },
        ask: { type: 'ask' },
      },
      ['start -> outer', 'o -> inner', 'i -> ask'],
    );
    const reason = { type: 'scheduled_pause', message: 'asked' } as const;
    const ask = scriptedNode('ask', () => ({ status: 'paused', reason }));
    const { end } = await runGraph(graph, { types: [ask], run: { system: { lists: [['a'], ['b']] } } });
    expect(end).toMatchObject({ type: 'run_paused', pausedNodes: ['ask'] });
  },

  'Workflows: circles of edges': async () => {
    const graph = graphOf(
      { start: { type: 'start', variables: [] }, a: { type: 'answer', answer: 'a' }, b: { type: 'answer', answer: 'b' } },
      ['start -> a -> b -> a'],
    );
    const { end, lines } = await runGraph(graph);
    expect(lines).toEqual(['run_started', 'run_failed a']);
    expect(end).toMatchObject({ error: expect.stringContaining('"a" (a), "b" (b)') as string });
  },

  'Workflows: edges of orphans (nodes that nothing leads to)': async () => {
    const graph = graphOf(
      { start: { type: 'start', variables: [] }, orphan: { type: 'answer', answer: 'o' }, a: { type: 'answer', answer: 'a' } },
      ['start -> a', 'orphan -> a'],
    );
    expect(testEngine().compile(graph).problems).toMatchObject([{ level: 'warning', code: 'UNREACHED_NODE', nodeId: 'orphan' }]);
    expect((await runGraph(graph)).end).toMatchObject({ type: 'run_succeeded', outputs: { answer: 'a' } });
  },

  'Workflows: secrets': async () => {
    const graph = graphOf({ start: { type: 'start', variables: [] }, a: { type: 'answer', answer: '{{#env.KEY#}}' } }, ['start -> a']);
    const { text, end } = await runGraph(graph, { run: { environment: [{ name: 'KEY', type: 'secret', value: 'sk-123456' }] } });
    expect([text, end.outputs.answer]).toEqual(['{{#env.KEY#}}', '{{#env.KEY#}}']);
  },

  'Workflows: usage of models inside containers': async () => {
    const model = { provider: 'acme', name: 'chat', mode: 'chat', completion_params: {} };
    const graph = graphOf(
      {
        start: { type: 'start', variables: [] },
        each: { type: 'iteration', iterator_selector: ['sys', 'list'], output_selector: ['llm', 'text'], start_node_id: 'first' },
        first: { type: 'iteration-start' },
        llm: { type: 'llm', model, prompt_template: [{ role: 'user', text: 'Hi' }], context: { enabled: false } },
      },
      ['start -> each', 'first -> llm'],
    );
    const { end } = await runGraph(graph, { run: { system: { list: [1, 2] } }, ports: { models: mockModels('yes') } });
    expect(end).toMatchObject({ totalTokens: 2 * mockUsage.total_tokens, usage: { total_tokens: 2 * mockUsage.total_tokens } });
  },
};

describe('docs/differences.md', () => {
  const rows = [...differences.matchAll(/^\| (Workflows: .*?) +\|/gm)].map(([, name]) => name as string);

  it('should list what the engine does otherwise', () => {
    // What comes after a crash is shown by journal/resume.spec.ts.
    expect(rows).toEqual(expect.arrayContaining([...Object.keys(deviations), 'Workflows: a crash in the middle']));
  });

  it.each(Object.entries(deviations))('%s', async (_, show) => {
    await show();
  });
});
