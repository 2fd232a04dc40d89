import { BuiltinTools, builtinProviders } from '#engines/tools';
import type { WorkflowPorts } from '../../ports/workflow-ports.js';
import type { NodeFinished } from '../../run/events.js';
import { graphOf } from '../../testing/graph.factory.js';
import { fileValue, MemoryFiles } from '../../testing/memory-files.js';
import { logMessage, textMessages, usageMessage } from '../../testing/scripted-agents.js';
import { ScriptedTools } from '../../testing/scripted-tools.js';
import { runGraph, testFacts, type Told } from '../../testing/workflow.harness.js';
import { builtinToolsPort } from '../../tools/builtin-tools-port.js';

const tool = {
  type: 'tool',
  provider_id: 'time',
  provider_type: 'builtin',
  provider_name: 'time',
  tool_name: 'current_time',
  tool_configurations: {},
};

interface Setup {
  data?: Record<string, unknown>;
  system?: Record<string, unknown>;
  ports?: Partial<WorkflowPorts>;
  callDepth?: number;
  secret?: string;
  outputs?: readonly string[];
}

function run(
  ports: Partial<WorkflowPorts>,
  { data, system, callDepth = 0, secret, outputs = ['text', 'json', 'files'] }: Setup = {},
): Promise<Told> {
  const graph = graphOf(
    {
      start: { type: 'start', variables: [{ variable: 'tz', type: 'text-input' }] },
      t: { ...tool, ...data },
      end: { type: 'end', outputs: outputs.map((variable) => ({ variable, value_selector: ['t', variable] })) },
    },
    ['start -> t -> end'],
  );
  return runGraph(graph, {
    inputs: { tz: 'UTC' },
    run: {
      system: { user_id: 'test_user', ...system },
      ...(secret !== undefined && { environment: [{ name: 'KEY', type: 'secret' as const, value: secret }] }),
    },
    ports,
    facts: { ...testFacts, callDepth },
  });
}

function finished({ events }: Told): NodeFinished {
  return events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 't') as NodeFinished;
}

/** 2026-11-23 08:03:46 UTC, always. */
const clock = { now: () => 1_795_421_026_000 };
const builtin = builtinToolsPort({ tools: new BuiltinTools(builtinProviders), ports: { clock }, tenantId: 'test_tenant' });

describe('tool', () => {
  it('should call a built-in tool (trace nodes/tool)', async () => {
    const data = {
      tool_node_version: '2',
      tool_parameters: { format: { type: 'mixed', value: '%Y' }, timezone: { type: 'mixed', value: '{{#start.tz#}}' } },
    };
    const told = await run({ tools: builtin }, { data });
    expect(told.lines).toEqual([
      'run_started',
      'node_started start',
      'node_finished start',
      'node_started t',
      'chunk t "2026"',
      'chunk t ""',
      String.raw`chunk end "\n"`,
      `chunk t "- {'data': []}"`,
      String.raw`chunk end "\n"`,
      'chunk t ""',
      'node_finished t',
      'node_started end',
      'node_finished end',
      'run_succeeded',
    ]);
    expect(finished(told)).toMatchObject({
      inputs: { format: '%Y', timezone: 'UTC' },
      outputs: { text: '2026', files: [], json: [{ data: [] }] },
      metadata: { tool_info: { provider_type: 'builtin', provider_id: 'time', plugin_unique_identifier: null } },
    });
    const elsewhere = await run(
      { tools: builtin },
      { data: { ...data, tool_parameters: { timezone: { type: 'constant', value: 'Mars/Base' } } } },
    );
    expect(elsewhere.end.outputs.text).toBe('Invalid timezone: Mars/Base');
  });

  it('should take settings of old files as they stand, with defaults, and those of new ones with references', async () => {
    const literal = { format: '%H', timezone: 'Asia/Shanghai' };
    expect((await run({ tools: builtin }, { data: { tool_configurations: literal } })).end.outputs.text).toBe('16');
    expect((await run({ tools: builtin }, { data: { tool_configurations: { timezone: null } } })).end.outputs.text).toBe(
      '2026-11-23 08:03:46',
    );
    const typed = { format: { type: 'mixed', value: '%H {{#start.tz#}}' }, timezone: { type: 'variable', value: ['start', 'tz'] } };
    expect((await run({ tools: builtin }, { data: { tool_configurations: typed, tool_node_version: '2' } })).end.outputs.text).toBe(
      '08 UTC',
    );
    // Bare values in a new file say nothing.
    const bare = await run({ tools: builtin }, { data: { tool_configurations: literal, tool_node_version: '2' } });
    expect(bare.end.outputs.text).toBe('2026-11-23 08:03:46 UTC');
    const wrong = await run({ tools: builtin }, { data: { tool_configurations: { timezone: 'Europe/Paris' } } });
    expect(wrong.end).toMatchObject({
      type: 'run_failed',
      errorType: 'ToolParameterError',
      error: expect.stringContaining('not in options'),
    });
  });

  it('should hand over texts as texts and variables as they are, and null for names the tool does not know', async () => {
    const parameters = ['text', 'raw', 'gone', 'object'].map((name) => ({ name, form: 'llm' as const, required: false }));
    const tools = new ScriptedTools([], { parameters });
    const told = await run(
      { tools },
      {
        system: { list: ['a', 1], map: { a: 'ü' } },
        data: {
          tool_parameters: {
            text: { type: 'constant', value: true },
            raw: { type: 'variable', value: ['sys', 'list'] },
            gone: { type: 'variable', value: ['sys', 'nothing'] },
            object: { type: 'mixed', value: 'is {{#sys.map#}} {{#sys.nothing#}}' },
            unknown: { type: 'mixed', value: 'x' },
            empty: { type: 'mixed', value: null },
            missing: null,
            scalar: 'x',
          },
        },
      },
    );
    expect(tools.calls[0]).toMatchObject({ user: 'test_user', conversationId: null, callDepth: 0 });
    expect(tools.calls[0]?.given).toEqual({ text: 'True', raw: ['a', 1], object: 'is {"a": "ü"} sys.nothing', unknown: null });
    expect(finished(told).inputs).toEqual({ text: 'True', raw: ['a', 1], object: 'is {\n  "a": "ü"\n} sys.nothing', unknown: null });
    expect(tools.choices[0]).toEqual({
      providerType: 'builtin',
      providerId: 'time',
      providerName: 'time',
      toolName: 'current_time',
      credentialId: null,
      pluginUniqueIdentifier: null,
    });
  });

  it('should miss a variable that is required', async () => {
    const tools = new ScriptedTools([], { parameters: [{ name: 'q', form: 'llm', required: true }] });
    const told = await run({ tools }, { data: { tool_parameters: { q: { type: 'variable', value: ['sys', 'nothing'] } } } });
    expect(told.end).toMatchObject({
      type: 'run_failed',
      error: "Variable ['sys', 'nothing'] does not exist",
      errorType: 'WorkflowNodeError',
    });
    expect(tools.calls).toEqual([]);
  });

  it('should put out all that the tool says', async () => {
    const file = fileValue({ filename: 'made.png' });
    const tools = new ScriptedTools([
      ...textMessages('one ', 'two '),
      { type: 'link', url: 'https://x.test' },
      { type: 'file', file },
      { type: 'json', json: { a: 1 } },
      { type: 'json', json: { b: 2 } },
      { type: 'variable', name: 'part', value: 'x', isStreamed: true },
      { type: 'variable', name: 'part', value: 'y', isStreamed: true },
      { type: 'variable', name: 'count', value: 3, isStreamed: false },
      logMessage({ id: 's1' }),
      usageMessage({ total_tokens: 7, total_price: '0.1' }),
    ]);
    const told = await run({ tools }, { outputs: ['text', 'part', 'count'] });
    expect(finished(told)).toMatchObject({
      outputs: { text: 'one two Link: https://x.test\n', files: [file], json: [{ a: 1 }, { b: 2 }], part: 'xy', count: 3 },
      metadata: { total_tokens: 7, total_price: '0.1', agent_log: [{ message_id: 's1', node_id: 't' }] },
    });
    expect(told.end.totalTokens).toBe(7);
    expect(told.lines.filter((line) => line.startsWith('chunk'))).toEqual([
      'chunk t "one "',
      'chunk t "two "',
      String.raw`chunk t "Link: https://x.test\n"`,
      'chunk t ""',
      String.raw`chunk end "\n"`,
      'chunk t "x"',
      'chunk t "y"',
      'chunk t ""',
      String.raw`chunk end "\n"`,
      'chunk t "3"',
    ]);
  });

  it('should forget at a new attempt what nobody has seen of the last one, pieces of variables too', async () => {
    const tools = new ScriptedTools((attempt) => [
      { type: 'variable', name: 'part', value: `try ${String(attempt)}`, isStreamed: true },
      ...(attempt === 0 ? [new Error('once')] : textMessages('text')),
    ]);
    const told = await run(
      { tools },
      { outputs: ['text', 'part'], data: { retry_config: { retry_enabled: true, max_retries: 2, retry_interval: 0 } } },
    );
    expect(told.end).toMatchObject({ type: 'run_partially_succeeded', exceptionsCount: 1, outputs: { text: 'text', part: 'try 1' } });
    expect(told.text).toBe('text\ntry 1');
  });

  it.each<[string, ScriptedTools, string, string]>([
    [
      'a provider that is not there',
      new ScriptedTools([], { missing: Object.assign(new Error('plugin not found'), { name: 'PluginNotFoundError' }) }),
      'Failed to get tool runtime: plugin not found',
      'PluginNotFoundError',
    ],
    [
      'an error in the middle',
      new ScriptedTools([...textMessages('x'), Object.assign(new Error('no answer'), { name: 'ToolInvokeError' })]),
      'Failed to invoke tool time: no answer',
      'ToolInvokeError',
    ],
  ])('should fail for %s', async (_name, tools, error, errorType) => {
    const told = await run({ tools });
    expect(told.end).toMatchObject({ type: 'run_failed', error, errorType });
    expect(finished(told).metadata).toMatchObject({ tool_info: { provider_id: 'time' } });
  });

  it('should say that there are no tools, and name built-in ones that there are not', async () => {
    expect((await run({})).end).toMatchObject({ errorType: 'PortMissingError' });
    expect((await run({ tools: builtin }, { data: { provider_id: 'ghost' } })).end).toMatchObject({
      error: 'Failed to get tool runtime: builtin provider ghost not found',
      errorType: 'ToolProviderNotFoundError',
    });
    expect((await run({ tools: builtin }, { data: { tool_name: 'none' } })).end).toMatchObject({
      error: 'Failed to get tool runtime: builtin tool none not found',
      errorType: 'ToolNotFoundError',
    });
  });

  it('should count workflows inside workflows', async () => {
    const tools = new ScriptedTools(textMessages('x'));
    const data = { provider_type: 'workflow' };
    await run({ tools }, { data, callDepth: 4 });
    expect(tools.calls[0]?.callDepth).toBe(5);
    expect((await run({ tools }, { data, callDepth: 5 })).end).toMatchObject({ error: 'Max workflow call depth 5 reached.' });
    expect((await run({ tools }, { callDepth: 5 })).end.type).toBe('run_succeeded');
    expect(tools.calls).toHaveLength(2);
  });

  it('should wait for its start to be stored', async () => {
    const stored: string[] = [];
    const beforeEffect = async ({ nodeId }: { nodeId: string }): Promise<void> => {
      stored.push(nodeId);
    };
    await run({ tools: new ScriptedTools([]), beforeEffect });
    await run({ tools: new ScriptedTools([]), beforeEffect }, { data: { idempotent: true } });
    expect(stored).toEqual(['t']);
  });

  it('should give secrets to the tool and to nobody else', async () => {
    const secret = 'sk-canary-1234567890';
    const tools = new ScriptedTools(textMessages(`used ${secret}`), { parameters: [{ name: 'key', form: 'llm', required: true }] });
    const told = await run({ tools }, { secret, data: { tool_parameters: { key: { type: 'mixed', value: 'Bearer {{#env.KEY#}}' } } } });
    expect(tools.calls[0]?.given).toEqual({ key: `Bearer ${secret}` });
    expect(JSON.stringify(told.events)).not.toContain(secret);
    expect(finished(told).inputs).toEqual({ key: 'Bearer {{#env.KEY#}}' });
  });
});

describe('builtinToolsPort', () => {
  const speech = {
    list: () => Promise.resolve([{ provider: 'p', model: 'm', label: 'M', voices: [] }]),
    transcribe: (_model: unknown, sound: { audio: Uint8Array; filename: string }) =>
      Promise.resolve(`${sound.filename}: ${Buffer.from(sound.audio).toString()}`),
    synthesize: async function* () {
      yield Buffer.from('sound');
    },
  };
  const files = new MemoryFiles({ 'talk.mp3': 'hello' });
  const tools = builtinToolsPort({
    tools: new BuiltinTools(builtinProviders),
    ports: { clock, speech },
    files,
    tenantId: 'test_tenant',
  });
  const audio = { provider_id: 'audio', provider_name: 'audio', tool_configurations: { model: 'p#m' } };

  it('should keep what a tool makes', async () => {
    const data = { ...audio, tool_name: 'tts', tool_parameters: { text: { type: 'mixed', value: 'hi' } } };
    const told = await run({ tools }, { data });
    expect(finished(told).outputs).toMatchObject({ text: 'Audio generated successfully' });
    expect(files.stored).toMatchObject([{ mimeType: 'audio/x-wav', type: 'audio', filename: null }]);
    const [file] = finished(told).outputs.files as { facts: unknown }[];
    expect(file?.facts).toMatchObject({ transferMethod: 'tool_file', type: 'audio', size: 5 });
  });

  it('should read files for a tool', async () => {
    const data = { ...audio, tool_name: 'asr', tool_parameters: { audio_file: { type: 'variable', value: ['sys', 'files'] } } };
    const talk = fileValue({ filename: 'talk.mp3', type: 'audio', mimeType: 'audio/mpeg', extension: '.mp3' });
    expect((await run({ tools }, { data, system: { files: [talk] } })).end.outputs.text).toBe('talk.mp3: hello');
    expect((await run({ tools }, { data, system: { files: [fileValue()] } })).end).toMatchObject({
      type: 'run_failed',
      error: 'Failed to invoke tool audio: not a valid audio file',
    });
  });

  it('should ask for other tools elsewhere', async () => {
    const others = new ScriptedTools(textMessages('from a plugin'));
    const both = builtinToolsPort({ tools: new BuiltinTools(builtinProviders), ports: { clock }, tenantId: 't', others });
    expect((await run({ tools: both }, { data: { provider_id: 'tavily' } })).end.outputs.text).toBe('from a plugin');
    expect((await run({ tools: both }, { data: { provider_type: 'api' } })).end.outputs.text).toBe('from a plugin');
    expect((await run({ tools: both }, { data: { tool_name: 'none' } })).end.type).toBe('run_failed');
  });
});
