import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandChannel } from '../run/commands.js';
import { graphOf } from '../testing/graph.factory.js';
import { mockModels } from '../testing/mock-models.js';
import { runGraph, scriptedNode, type HarnessOptions } from '../testing/workflow.harness.js';
import type { GraphDocument } from '../graph/graph-document.js';
import { WireEvents } from './wire-events.js';
import { STOPPED_BY_USER, type WireFacts, type WireFrame } from './wire-frame.js';

const facts: WireFacts = {
  mode: 'workflow',
  taskId: 'task',
  runId: 'run',
  workflowId: 'flow',
  conversationId: null,
  messageId: null,
  createdBy: { id: 'u', user: 'abc-123' },
  inputs: { q: 'x', 'sys.user_id': 'abc-123' },
};
const chatFacts: WireFacts = { ...facts, mode: 'advanced-chat', conversationId: 'talk', messageId: 'message' };
const model = { provider: 'openai', name: 'gpt-4o', mode: 'chat', completion_params: {} };
const llm = { type: 'llm', model, prompt_template: [{ role: 'user', text: 'Hi' }], context: { enabled: false } };

async function framesOf(graph: GraphDocument, told: WireFacts = facts, options: HarnessOptions = {}): Promise<WireFrame[]> {
  const { events } = await runGraph(graph, { inputs: { q: 'x' }, ports: { models: mockModels('Hello you') }, ...options });
  const wire = new WireEvents(told);
  return events.flatMap((event) => wire.of(event)).map((frame) => JSON.parse(JSON.stringify(frame)) as WireFrame);
}

const dataOf = (frames: WireFrame[], event: string) =>
  frames.filter((frame) => frame.event === event).map(({ data }) => data as Record<string, unknown>);

const each = graphOf(
  {
    start: { type: 'start', variables: [{ variable: 'q', type: 'text-input' }] },
    each: { type: 'iteration', iterator_selector: ['sys', 'list'], output_selector: ['in', 'output'], start_node_id: 'first' },
    first: { type: 'iteration-start' },
    in: { type: 'variable-aggregator', output_type: 'any', variables: [['each', 'item']] },
    end: { type: 'end', outputs: [{ variable: 'o', value_selector: ['each', 'output'] }] },
  },
  ['start -> each -> end', 'first -> in'],
);
const runEach = () => framesOf(each, facts, { run: { system: { list: [7] } } });

const loop = graphOf(
  {
    start: { type: 'start', variables: [] },
    lp: {
      type: 'loop',
      loop_count: 2,
      start_node_id: 'ls',
      break_conditions: [],
      loop_variables: [{ label: 'num', var_type: 'number', value_type: 'constant', value: 1 }],
    },
    ls: { type: 'loop-start' },
    inc: {
      type: 'assigner',
      version: '2',
      items: [{ variable_selector: ['lp', 'num'], input_type: 'constant', operation: '+=', value: 1 }],
    },
    end: { type: 'end', outputs: [{ variable: 'o', value_selector: ['lp', 'num'] }] },
  },
  ['start -> lp -> end', 'ls -> inc'],
);
const chat = graphOf({ start: { type: 'start', variables: [] }, llm, answer: { type: 'answer', answer: '{{#llm.text#}}' } }, [
  'start -> llm -> answer',
]);

describe('WireEvents', () => {
  it('should tell a workflow in the order and shapes of the wire', async () => {
    const frames = await runEach();

    expect(frames.map(({ event, data }) => [event, (data as Record<string, unknown>).node_id].filter(Boolean).join(' '))).toEqual([
      'workflow_started',
      'node_started start',
      'node_finished start',
      'iteration_started each',
      'iteration_next each',
      'node_started in',
      'node_finished in',
      'iteration_completed each',
      'text_chunk',
      'node_started end',
      'node_finished end',
      'workflow_finished',
    ]);
    for (const frame of frames) expect(frame).toMatchObject({ task_id: 'task', workflow_run_id: 'run' });
    expect(frames[0]!.data).toEqual({ id: 'run', workflow_id: 'flow', inputs: facts.inputs, created_at: 1_700_000_000, reason: 'initial' });
    expect(dataOf(frames, 'node_finished')[1]).toMatchObject({
      node_id: 'in',
      iteration_id: 'each',
      loop_id: null,
      execution_metadata: { iteration_id: 'each', iteration_index: 0 },
      index: 1,
      predecessor_node_id: null,
      process_data: {},
      files: [],
      error: null,
    });
    expect(dataOf(frames, 'workflow_finished')[0]).toMatchObject({
      id: 'run',
      status: 'succeeded',
      outputs: { o: [7] },
      error: null,
      total_tokens: 0,
      created_by: { id: 'u', user: 'abc-123' },
      exceptions_count: 0,
      files: [],
    });
  });

  it('should tell of no inputs and no process data as empty objects, but of a start with null', async () => {
    const bare = scriptedNode('bare', ({ attempt }) =>
      attempt === 0 ? { status: 'failed', error: 'not yet', errorType: 'TestError' } : { status: 'succeeded' },
    );
    const retry = { retry_enabled: true, max_retries: 1, retry_interval: 0 };
    const graph = graphOf({ start: { type: 'start', variables: [] }, bare: { type: 'bare', retry_config: retry } }, ['start -> bare']);
    const frames = await framesOf(graph, facts, { types: [bare] });

    // Traces nodes/http-request-retry, nodes/code.
    const empty = { inputs: {}, process_data: {}, outputs: {}, execution_metadata: null };
    expect(dataOf(frames, 'node_retry')).toEqual([expect.objectContaining(empty)]);
    expect(dataOf(frames, 'node_finished').at(-1)).toMatchObject({ node_id: 'bare', ...empty });
    expect(dataOf(frames, 'node_started').at(-1)).toMatchObject({ node_id: 'bare', inputs: null });
  });

  it('should tell a chatflow by messages and their end', async () => {
    const frames = await framesOf(chat, chatFacts);

    expect(
      frames
        .filter(({ event }) => event === 'message')
        .map(({ answer }) => answer)
        .join(''),
    ).toBe('Hello you');
    expect(frames.find(({ event }) => event === 'message')).toEqual({
      event: 'message',
      conversation_id: 'talk',
      message_id: 'message',
      created_at: 1_700_000_000,
      task_id: 'task',
      id: 'message',
      answer: 'Hello',
      from_variable_selector: ['llm', 'text'],
    });
    expect(frames.slice(-2).map(({ event }) => event)).toEqual(['message_end', 'workflow_finished']);
    expect(frames.at(-2)).toMatchObject({ id: 'message', metadata: { annotation_reply: null, usage: { total_tokens: 15 } }, files: [] });
  });

  it('should say why a run failed, in a chatflow by an error too', async () => {
    const models = mockModels(new Error('told to fail'));
    const workflow = await framesOf(chat, facts, { ports: { models } });
    const chatflow = await framesOf(chat, chatFacts, { ports: { models } });

    expect(workflow.at(-1)).toMatchObject({
      event: 'workflow_finished',
      data: { status: 'failed', error: 'told to fail', exceptions_count: 1 },
    });
    expect(chatflow.slice(-2)).toMatchObject([
      { event: 'workflow_finished', data: { status: 'failed' } },
      { event: 'error', conversation_id: 'talk', message_id: 'message', code: 'invalid_param', status: 400, message: 'told to fail' },
    ]);
    expect(chatflow.at(-1)).not.toHaveProperty('task_id');
  });

  it('should tell a stop by a person from a limit', async () => {
    const commands = new CommandChannel();
    commands.send({ type: 'stop', reason: STOPPED_BY_USER });
    const stopped = await framesOf(chat, chatFacts, { commands });
    const limited = await framesOf(chat, facts, { limits: { maxSteps: 1 } });

    expect(stopped.slice(-2)).toMatchObject([{ data: { status: 'stopped', error: 'Stopped by user.' } }, { event: 'message_end' }]);
    expect(limited.at(-1)).toMatchObject({ data: { status: 'failed', error: 'Aborted: Maximum execution steps exceeded: 2 > 1' } });
  });

  it('should number the documents of all retrievals anew, each once', async () => {
    const find = (ids: string[]) =>
      scriptedNode(`find-${ids.join('')}`, (context) => {
        context.emit({
          type: 'retriever_resources',
          context: '',
          resources: ids.map((id) => ({ dataset_id: 'd', document_id: id, position: 9 })),
        });
        return { status: 'succeeded', outputs: {} };
      });
    const graph = graphOf(
      { start: { type: 'start', variables: [] }, a: { type: 'find-xy' }, b: { type: 'find-yz' }, answer: { type: 'answer', answer: 'ok' } },
      ['start -> a -> b -> answer'],
    );
    const frames = await framesOf(graph, chatFacts, { types: [find(['x', 'y']), find(['y', 'z'])] });

    expect((frames.at(-2)!.metadata as Record<string, unknown>).retriever_resources).toEqual([
      { dataset_id: 'd', document_id: 'x', position: 1 },
      { dataset_id: 'd', document_id: 'y', position: 2 },
      { dataset_id: 'd', document_id: 'z', position: 3 },
    ]);
  });
});

const traces = join(import.meta.dirname, '../../../../../../shared/contract/traces');

describe.skipIf(!existsSync(traces))('WireEvents against recorded streams', () => {
  const recorded = (name: string): Map<string, string[]> => {
    const { exchanges } = JSON.parse(readFileSync(join(traces, name), 'utf8')) as {
      exchanges: { response: { events?: { data?: WireFrame }[] } }[];
    };
    return shapesOf(exchanges.flatMap(({ response }) => response.events ?? []).flatMap(({ data }) => (data === undefined ? [] : [data])));
  };
  /** Keys of the first frame of each event, those of its `data` with a dot. */
  const shapesOf = (frames: readonly WireFrame[]): Map<string, string[]> =>
    new Map(
      [...frames]
        .reverse()
        .map((frame) => [
          frame.event,
          [...Object.keys(frame), ...Object.keys((frame.data as object | undefined) ?? {}).map((key) => `.${key}`)].sort(),
        ]),
    );

  it.each([
    ['nodes/iteration.json', runEach],
    ['nodes/loop.json', () => framesOf(loop)],
    ['chatflow/basic.json', () => framesOf(chat, chatFacts)],
    [
      'nodes/llm-retry.json',
      () =>
        framesOf(
          graphOf(
            {
              start: { type: 'start', variables: [] },
              llm: { ...llm, retry_config: { retry_enabled: true, max_retries: 1, retry_interval: 1 } },
              end: { type: 'end', outputs: [] },
            },
            ['start -> llm -> end'],
          ),
          facts,
          { ports: { models: mockModels(new Error('no')) } },
        ),
    ],
  ])('should have the keys of %s', async (name, run) => {
    const ours = shapesOf(await run());
    const theirs = recorded(name);

    for (const [event, keys] of ours) expect([event, keys]).toEqual([event, theirs.get(event)]);
    expect(ours.size).toBeGreaterThan(3);
  });
});
