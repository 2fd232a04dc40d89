import { CommandChannel } from './commands.js';
import type { WorkflowEvent } from './events.js';
import { succeeded } from '../nodes/node-result.js';
import { segmentOf } from '../values/segment.js';
import { graphOf } from '../testing/graph.factory.js';
import { runGraph, scriptedNode } from '../testing/workflow.harness.js';

const start = { type: 'start', variables: [{ variable: 'query', type: 'text-input' }] };
const words = scriptedNode(
  'llm',
  async (context) => {
    for (const word of ['Hello', ' world']) {
      await Promise.resolve();
      context.stream('text', word);
    }
    return succeeded({ text: 'Hello world' });
  },
  { streams: ['text'] },
);

describe('WorkflowRun', () => {
  it('should pass an input through', async () => {
    const graph = graphOf({ start, end: { type: 'end', outputs: [{ variable: 'query', value_selector: ['start', 'query'] }] } }, [
      'start -> end',
    ]);
    const told = await runGraph(graph, { inputs: { query: 'X' } });
    expect(told.lines).toEqual([
      'run_started',
      'node_started start',
      'chunk start "X"',
      'node_finished start',
      'node_started end',
      'node_finished end',
      'run_succeeded',
    ]);
    expect(told.end.outputs).toEqual({ query: 'X' });
    expect(told.end.steps).toBe(2);
  });

  it('should stream a node that is being shown, and end its stream with an empty piece', async () => {
    const graph = graphOf({ start, llm: { type: 'llm' }, answer: { type: 'answer', answer: 'A: {{#llm.text#}}!' } }, [
      'start -> llm -> answer',
    ]);
    const told = await runGraph(graph, { types: [words], inputs: { query: 'X' } });
    expect(told.lines).toEqual([
      'run_started',
      'node_started start',
      'chunk answer "A: "',
      'node_finished start',
      'node_started llm',
      'chunk llm "Hello"',
      'chunk llm " world"',
      'chunk llm ""',
      'chunk answer "!"',
      'node_finished llm',
      'node_started answer',
      'node_finished answer',
      'run_succeeded',
    ]);
    expect(told.end.outputs.answer).toBe('A: Hello world!');
  });

  it('should run rounds of an iteration and flatten their lists', async () => {
    const double = scriptedNode('double', ({ pool }) => {
      const item = pool.get(['each', 'item'])?.value as number;
      return succeeded({ list: [item, item * 2] });
    });
    const graph = graphOf(
      {
        start,
        list: { type: 'list' },
        each: { type: 'iteration', iterator_selector: ['list', 'items'], output_selector: ['double', 'list'], start_node_id: 'eachstart' },
        eachstart: { type: 'iteration-start' },
        double: { type: 'double' },
        end: { type: 'end', outputs: [{ variable: 'output', value_selector: ['each', 'output'] }] },
      },
      ['start -> list -> each -> end', 'eachstart -> double'],
    );
    const told = await runGraph(graph, { types: [double, scriptedNode('list', () => succeeded({ items: [1, 2, 3] }))] });
    expect(told.end).toMatchObject({ type: 'run_succeeded', outputs: { output: [1, 2, 2, 4, 3, 6] } });
  });

  describe('asked by a layer in the middle of a step', () => {
    const graph = graphOf(
      { start, llm: { type: 'llm' }, after: { type: 'answer', answer: '{{#llm.text#}}' }, last: { type: 'end', outputs: [] } },
      ['start -> llm -> after -> last'],
    );
    const kinds = ['chunk', 'node_finished'] as const;

    it.each(kinds)('should end by a stop once the step is done, at a %s', async (kind) => {
      const commands = new CommandChannel();
      const layer = (event: WorkflowEvent): void => {
        if (event.type === kind && event.nodeId === 'llm') commands.send({ type: 'stop', reason: 'enough' });
      };
      const { events, end } = await runGraph(graph, { types: [words], commands, layers: [layer] });

      expect(end).toMatchObject({ type: 'run_aborted', reason: 'Aborted: enough' });
      expect(events.filter(({ type }) => type.startsWith('run_')).map(({ type }) => type)).toEqual(['run_started', 'run_aborted']);
    });

    it.each(kinds)('should end by its signal once the step is done, at a %s', async (kind) => {
      const controller = new AbortController();
      const layer = (event: WorkflowEvent): void => {
        if (event.type === kind && event.nodeId === 'llm') controller.abort(new Error('enough'));
      };
      const { events, end } = await runGraph(graph, { types: [words], signal: controller.signal, layers: [layer] });

      expect(end.type).toMatch(/^run_(aborted|succeeded)$/);
      expect(events.filter(({ type }) => type.startsWith('run_'))).toHaveLength(2);
    });

    it('should let what is ready run, and pause then', async () => {
      const commands = new CommandChannel();
      const layer = (event: WorkflowEvent): void => {
        if (event.type === 'node_finished' && event.nodeId === 'llm') commands.send({ type: 'pause', reason: 'wait' });
      };
      const { end, lines } = await runGraph(graph, { types: [words], commands, layers: [layer] });

      expect(end).toMatchObject({ type: 'run_paused', reasons: [{ type: 'scheduled_pause', message: 'wait' }] });
      expect(lines).not.toContain('node_started last');
    });
  });

  it('should fail a node whose value is nested too deep, and leave the others alone', async () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 20_000; level += 1) deep = level % 2 === 0 ? [deep] : { deep };
    const types = [
      scriptedNode('tool', () => succeeded({ json: deep })),
      scriptedNode('code', () => ({
        status: 'succeeded',
        outputs: {},
        updates: [{ selector: ['conversation', 'kept'], segment: segmentOf(deep) }],
      })),
    ];
    const graph = graphOf(
      {
        start,
        tool: { type: 'tool', error_strategy: 'fail-branch' },
        code: { type: 'code', error_strategy: 'fail-branch' },
        answer: { type: 'answer', answer: '{{#tool.error_message#}} {{#code.error_message#}}' },
      },
      ['start -> tool:fail-branch -> answer', 'start -> code:fail-branch -> answer'],
    );
    const told = await runGraph(graph, { types });

    expect(told.end.type).toBe('run_partially_succeeded');
    expect(told.text).toBe(
      'The value of json is nested deeper than 500 levels. The value of conversation.kept is nested deeper than 500 levels.',
    );
  });

  it('should fail the start node for an input without a field that is nested too deep', async () => {
    let deep: unknown = {};
    for (let level = 0; level < 20_000; level += 1) deep = { deep };
    const told = await runGraph(graphOf({ start, answer: { type: 'answer', answer: '{{#start.query#}}' } }, ['start -> answer']), {
      inputs: { other: deep },
    });

    expect(told.end).toMatchObject({ type: 'run_failed', nodeId: 'start', errorType: 'ValueTooLargeError' });
  });

  it('should listen to its end in many nodes at once without a warning of Node', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    const waiting = scriptedNode('tool', async ({ signal }) => {
      signal.addEventListener('abort', () => undefined);
      await new Promise(setImmediate);
      return succeeded({});
    });
    const ids = Array.from({ length: 20 }, (_, index) => `tool${index}`);
    const graph = graphOf(
      { start, ...Object.fromEntries(ids.map((id) => [id, { type: 'tool' }])) },
      ids.map((id) => `start -> ${id}`),
    );

    expect((await runGraph(graph, { types: [waiting] })).end.type).toBe('run_succeeded');
    await new Promise(setImmediate);
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
  });

  it.each([
    ['array[string]', '["x"]', 'extend', ['loop', 'v'], 'The value of loop.v has more than 1000000 elements and fields.'],
    ['string', 'x', 'over-write', ['twice', 'answer'], 'The value of answer has more than 67108864 characters.'],
  ])('should end a loop that doubles a variable of the type %s again and again', async (type, value, operation, source, error) => {
    const variable = { label: 'v', var_type: type, value_type: 'constant', value };
    const item = { variable_selector: ['loop', 'v'], input_type: 'variable', operation, value: source };
    const graph = graphOf(
      {
        start,
        loop: { type: 'loop', loop_count: 100, start_node_id: 'first', break_conditions: [], loop_variables: [variable] },
        first: { type: 'loop-start' },
        ...(type === 'string'
          ? { twice: { type: 'answer', answer: '{{#loop.v#}}{{#loop.v#}}' } }
          : { twice: { type: 'answer', answer: '' } }),
        assigner: { type: 'assigner', version: '2', items: [item] },
      },
      ['start -> loop', 'first -> twice -> assigner'],
    );

    const limits = { maxValuesSize: 2 ** 30 };

    expect((await runGraph(graph, { limits })).end).toMatchObject({ type: 'run_failed', error, errorType: 'ValueTooLargeError' });
  });
});
