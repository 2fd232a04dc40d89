import type { Told } from '../../testing/workflow.harness.js';
import { runGraph } from '../../testing/workflow.harness.js';
import { MemoryOf } from '../../testing/conversation.js';
import { graphOf } from '../../testing/graph.factory.js';
import { fileValue } from '../../testing/memory-files.js';
import { mockModels } from '../../testing/mock-models.js';
import { logMessage, ScriptedAgents, textMessages, usageMessage, type AgentScript } from '../../testing/scripted-agents.js';
import type { NodeFinished, NodeSaid } from '../../run/events.js';
import type { WorkflowPorts } from '../../ports/workflow-ports.js';
import { testFacts } from '../../testing/workflow.harness.js';

// Names, shapes and orders are those of the recorded runs: traces agents/workflow-*.
const model = {
  provider: 'langgenius/openai_api_compatible/openai_api_compatible',
  model: 'mock-chat',
  model_type: 'llm',
  mode: 'chat',
  completion_params: {},
  type: 'model-selector',
};
const currentTime = {
  enabled: true,
  type: 'builtin',
  provider_name: 'time',
  tool_name: 'current_time',
  parameters: {},
  settings: { format: { value: { type: 'constant', value: '%Y-%m-%d' } }, timezone: { value: { type: 'constant', value: 'UTC' } } },
  schemas: [],
  extra: { description: '' },
};
const agent = {
  type: 'agent',
  agent_strategy_provider_name: 'langgenius/agent/agent',
  agent_strategy_name: 'function_calling',
  agent_strategy_label: 'FunctionCalling',
  tool_node_version: '2',
  agent_parameters: {
    model: { type: 'constant', value: model },
    tools: { type: 'constant', value: [currentTime] },
    instruction: { type: 'constant', value: 'You are a helper.' },
    query: { type: 'constant', value: '{{#start.q#}}' },
    maximum_iterations: { type: 'constant', value: 3 },
  },
};

interface Setup {
  data?: Record<string, unknown>;
  parameters?: Record<string, unknown>;
  ports?: Partial<WorkflowPorts>;
  query?: string;
  conversationId?: string;
  secret?: string;
  signal?: AbortSignal;
}

function run(
  agents: ScriptedAgents,
  { data, parameters, ports, query = 'USE current_time {}', conversationId, secret, signal }: Setup = {},
): Promise<Told> {
  const node = { ...agent, ...data, agent_parameters: { ...agent.agent_parameters, ...parameters } };
  const graph = graphOf(
    {
      start: { type: 'start', variables: [{ variable: 'q', type: 'text-input' }] },
      agent: node,
      end: { type: 'end', outputs: ['text', 'json', 'files'].map((variable) => ({ variable, value_selector: ['agent', variable] })) },
    },
    ['start -> agent -> end'],
  );
  return runGraph(graph, {
    inputs: { q: query },
    ports: { agents, ...ports },
    facts: { ...testFacts, conversationId: conversationId ?? null },
    ...(signal && { signal }),
    ...(secret !== undefined && { run: { environment: [{ name: 'KEY', type: 'secret', value: secret }] } }),
  });
}

function finished({ events }: Told): NodeFinished {
  return events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 'agent') as NodeFinished;
}

const twoRounds: AgentScript = [
  logMessage({ id: 'r1', label: 'ROUND 1', status: 'start' }),
  logMessage({ id: 't1', label: 'mock-chat Thought', parent_id: 'r1', status: 'start' }),
  logMessage({ id: 't1', label: 'mock-chat Thought', parent_id: 'r1', data: { tool_name: 'current_time' } }),
  logMessage({ id: 'c1', label: 'CALL current_time', parent_id: 'r1', status: 'start' }),
  logMessage({ id: 'c1', label: 'CALL current_time', parent_id: 'r1', data: { tool_response: '2026-11-23' } }),
  ...textMessages('\n'),
  logMessage({ id: 'r1', label: 'ROUND 1', metadata: { total_tokens: 136 } }),
  logMessage({ id: 'r2', label: 'ROUND 2', status: 'start' }),
  ...textMessages('USE', ' current_time'),
  logMessage({ id: 'r2', label: 'ROUND 2', metadata: { total_tokens: 191 } }),
  usageMessage({ total_tokens: 327, total_price: '0' }),
];

describe('agent', () => {
  it('should stream text and steps as they come, then put out text, usage, files and steps', async () => {
    const told = await run(new ScriptedAgents(twoRounds));
    const lines = told.events.flatMap((event) => {
      if (event.type === 'chunk') return [JSON.stringify(event.text)];
      return event.type === 'node_said' && event.emission.type === 'agent_log'
        ? [`${event.emission.log.label} ${event.emission.log.status}`]
        : [];
    });
    expect(lines.slice(0, 12)).toEqual([
      'ROUND 1 start',
      'mock-chat Thought start',
      'mock-chat Thought success',
      'CALL current_time start',
      'CALL current_time success',
      '"\\n"',
      'ROUND 1 success',
      'ROUND 2 start',
      '"USE"',
      '" current_time"',
      'ROUND 2 success',
      '""',
    ]);
    const { outputs, metadata, usage, inputs } = finished(told);
    const round1 = {
      parent_id: null,
      error: null,
      status: 'success',
      data: {},
      label: 'ROUND 1',
      metadata: { total_tokens: 136 },
      node_id: 'agent',
    };
    expect(outputs).toMatchObject({ text: '\nUSE current_time', usage: { total_tokens: 327 }, files: [] });
    expect((outputs.json as unknown[])[0]).toEqual({ id: 'r1', ...round1 });
    expect((outputs.json as { id?: string }[]).map(({ id }) => id)).toEqual(['r1', 't1', 'c1', 'r2', undefined]);
    expect((outputs.json as unknown[]).at(-1)).toEqual({ data: [] });
    expect(metadata).toMatchObject({
      total_tokens: 327,
      currency: 'USD',
      tool_info: { icon: 'agent.svg', agent_strategy: 'function_calling' },
    });
    expect((metadata?.agent_log as unknown[])[0]).toEqual({ message_id: 'r1', node_execution_id: 'agent', ...round1 });
    expect(usage?.total_tokens).toBe(327);
    expect(told.end).toMatchObject({ type: 'run_succeeded', totalTokens: 327 });
    const { schemas: _schemas, ...shown } = currentTime;
    expect(inputs).toEqual({
      model,
      tools: [{ ...shown, settings: { format: { type: 'constant', value: '%Y-%m-%d' }, timezone: { type: 'constant', value: 'UTC' } } }],
      instruction: 'You are a helper.',
      query: 'USE current_time {}',
      maximum_iterations: 3,
    });
    const step = told.events.find((event): event is NodeSaid => event.type === 'node_said');
    expect(step).toMatchObject({ nodeId: 'agent', emission: { log: { id: 'r1', parent_id: null, error: null } } });
  });

  it('should hand over parameters with references resolved, texts of unknown ones left, defaults taken and types cast', async () => {
    const agents = new ScriptedAgents(textMessages('x'));
    await run(agents, {
      parameters: {
        instruction: { type: 'constant', value: 'Be brief: {{#sys.user_id#}} {{#start.none#}}' },
        query: { type: 'variable', value: ['start', 'q'] },
        maximum_iterations: { type: 'mixed', value: '7' },
        unknown: { type: 'constant', value: 'x' },
        context: null,
      },
    });
    expect(agents.asked).toEqual(['langgenius/agent/agent function_calling']);
    expect(agents.calls[0]?.parameters).toEqual({
      model,
      tools: [
        {
          enabled: true,
          type: 'builtin',
          provider_name: 'time',
          tool_name: 'current_time',
          parameters: {},
          settings: { format: '%Y-%m-%d', timezone: 'UTC' },
          extra: { description: '' },
        },
      ],
      instruction: 'Be brief: test_user start.none',
      query: 'USE current_time {}',
      maximum_iterations: 7,
    });
    const again = new ScriptedAgents(textMessages('x'));
    const told = await run(again, { parameters: { maximum_iterations: null, unknown: { type: 'constant', value: 'x' } } });
    expect(again.calls[0]?.parameters.maximum_iterations).toBe(5);
    expect(finished(told).inputs).toMatchObject({ unknown: null });
  });

  it('should read settings by their version, and fixed parameters', async () => {
    const weekday = {
      enabled: true,
      type: 'builtin',
      provider_name: 'time',
      tool_name: 'weekday',
      parameters: {
        year: { auto: 0, value: { type: 'constant', value: 2025 } },
        month: { auto: 1, value: null },
        day: { auto: 0, value: { type: 'variable', value: ['sys', 'day'] } },
      },
      settings: { format: { value: '%H' } },
    };
    const off = { ...weekday, enabled: false, tool_name: 'off' };
    const parameters = { tools: { type: 'constant', value: [weekday, off, 'nonsense'] } };
    const asNew = new ScriptedAgents([]);
    const told = await run(asNew, { parameters });
    expect(told.end).toMatchObject({ type: 'run_failed', error: "Variable ['sys', 'day'] does not exist" });

    weekday.parameters.day.value = { type: 'constant', value: 23 } as never;
    await run(asNew, { parameters });
    // A plain setting says nothing where typed ones are expected (trace agents/workflow-old-tools tells the other way).
    expect(asNew.calls[0]?.parameters.tools).toMatchObject([
      { tool_name: 'weekday', parameters: { year: 2025, month: null, day: 23 }, settings: {} },
    ]);
    const asOld = new ScriptedAgents([]);
    const old = await run(asOld, { parameters, data: { tool_node_version: null } });
    expect(asOld.calls[0]?.parameters.tools).toMatchObject([{ settings: { format: '%H' } }]);
    expect(finished(old).inputs?.tools).toMatchObject([{ settings: { format: '%H' }, parameters: { month: null } }]);
  });

  it.each([
    ['0.0.1', 0],
    [null, 0],
    ['0.0.2', 1],
    ['1.0.0', 1],
  ])('should give MCP tools to a strategy of version %s: %i', async (metaVersion, count) => {
    const agents = new ScriptedAgents([], { metaVersion });
    const tools = [currentTime, { ...currentTime, type: 'mcp', tool_name: 'remote' }];
    await run(agents, { parameters: { tools: { type: 'constant', value: tools } } });
    expect((agents.calls[0]?.parameters.tools as { type: string }[]).filter(({ type }) => type === 'mcp')).toHaveLength(count);
  });

  it.each<[string, ScriptedAgents, Setup, string, string]>([
    [
      'an unknown provider',
      new ScriptedAgents([], { missing: new Error('plugin not found') }),
      {},
      'Failed to get agent strategy: plugin not found',
      '',
    ],
    [
      'no tools',
      new ScriptedAgents([]),
      { parameters: { tools: { type: 'constant', value: [] } } },
      'tool parameter tools not found in tool config',
      'WorkflowNodeError',
    ],
    [
      'a variable that is not there',
      new ScriptedAgents([]),
      { parameters: { query: { type: 'variable', value: ['start', 'none'] } } },
      "Variable ['start', 'none'] does not exist",
      'WorkflowNodeError',
    ],
    [
      'a tool that is not there',
      new ScriptedAgents([], { unprepared: new Error('builtin tool no_such_tool not found') }),
      {},
      'builtin tool no_such_tool not found',
      'WorkflowNodeError',
    ],
    [
      'a model that fails',
      new ScriptedAgents([logMessage({ id: 'r1', status: 'start' }), new Error('told to fail')]),
      {},
      'Failed to transform agent message: told to fail',
      '',
    ],
  ])('should fail for %s', async (_name, agents, setup, error, errorType) => {
    const told = await run(agents, setup);
    expect(told.end).toMatchObject({ type: 'run_failed', error, errorType });
    expect(finished(told)).toMatchObject({ status: 'failed', metadata: null, outputs: {} });
  });

  it('should take default values after a failure, and no text nobody has seen', async () => {
    const told = await run(new ScriptedAgents([...textMessages('half an ans'), new Error('told to fail')]), {
      data: {
        error_strategy: 'default-value',
        default_value: [
          { key: 'text', type: 'string', value: 'fallback' },
          { key: 'json', type: 'array[object]', value: '[]' },
        ],
      },
    });
    expect(finished(told)).toMatchObject({
      status: 'exception',
      outputs: { text: 'fallback', json: [], error_message: 'Failed to transform agent message: told to fail', error_type: '' },
    });
    expect(told.end).toMatchObject({ type: 'run_partially_succeeded', exceptionsCount: 1 });
  });

  it('should keep files, links, JSON and variables, pieces of a variable put together', async () => {
    const file = fileValue({ filename: 'made.png', transferMethod: 'tool_file' });
    const told = await run(
      new ScriptedAgents([
        { type: 'file', file },
        { type: 'link', url: 'https://x.test' },
        { type: 'link', url: 'https://x.test/made.png', file },
        { type: 'json', json: { a: 1 } },
        { type: 'json', json: {} },
        { type: 'variable', name: 'part', value: 'one', isStreamed: true },
        { type: 'variable', name: 'part', value: ' two', isStreamed: true },
        { type: 'variable', name: 'whole', value: 42, isStreamed: false },
      ]),
    );
    expect(finished(told).outputs).toMatchObject({
      text: 'Link: https://x.test\nFile: https://x.test/made.png\n',
      files: [file, file],
      json: [{ a: 1 }],
      part: 'one two',
      whole: 42,
    });
    const reserved = await run(new ScriptedAgents([{ type: 'variable', name: 'text', value: 'x', isStreamed: false }]));
    expect(reserved.end).toMatchObject({ type: 'run_failed', error: expect.stringContaining("A variable can't be called text") });
  });

  it('should remember the conversation for a strategy that takes it, in a chatflow', async () => {
    const memory = new MemoryOf([
      { id: '2', query: 'and then?', answer: 'then that' },
      { id: '1', query: 'what?', answer: 'this' },
    ]);
    const setup: Setup = {
      data: { memory: { window: { enabled: true, size: 10 }, query_prompt_template: '{{#sys.query#}}' } },
      ports: { memory, models: mockModels() },
      conversationId: 'conversation',
    };
    const remembers = new ScriptedAgents([], { features: ['history-messages'] });
    await run(remembers, setup);
    expect(remembers.calls[0]).toMatchObject({ conversationId: 'conversation', user: 'test_user' });
    expect(remembers.calls[0]?.history.map(({ role, content }) => `${role}: ${JSON.stringify(content)}`)).toEqual([
      'user: "what?"',
      'assistant: "this"',
      'user: "and then?"',
      'assistant: "then that"',
    ]);
    const forgets = new ScriptedAgents([]);
    await run(forgets, setup);
    expect(forgets.calls[0]?.history).toEqual([]);
  });

  it('should give secrets to the strategy and to nobody else', async () => {
    const secret = 'sk-canary-1234567890';
    const agents = new ScriptedAgents((call) => textMessages(`I was told ${String(call.parameters.instruction)}`));
    const told = await run(agents, { parameters: { instruction: { type: 'constant', value: 'key {{#env.KEY#}}' } }, secret });
    expect(agents.calls[0]?.parameters.instruction).toBe(`key ${secret}`);
    expect(JSON.stringify(told.events)).not.toContain(secret);
    expect(told.end.outputs.text).toBe('I was told key {{#env.KEY#}}');
  });

  it('should wait for its start to be stored', async () => {
    const order: string[] = [];
    const agents = new ScriptedAgents(() => {
      order.push('asked');
      return textMessages('x');
    });
    await run(agents, {
      ports: {
        beforeEffect: async ({ nodeId }) => {
          order.push(`stored ${nodeId}`);
        },
      },
    });
    expect(order).toEqual(['stored agent', 'asked']);
  });

  it('should stop with the run', async () => {
    const controller = new AbortController();
    const agents = new ScriptedAgents(() => {
      controller.abort(new Error('enough'));
      return textMessages('never', 'heard');
    });
    const told = await run(agents, { signal: controller.signal });
    expect(told.end).toMatchObject({ type: 'run_aborted', reason: 'Aborted: enough' });
    expect(agents.calls[0]?.signal.aborted).toBe(true);
    expect(told.text).toBe('');
  });
});
