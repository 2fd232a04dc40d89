import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../command.js';
import { drawFile } from './draw-file.js';
import { lintFiles } from './lint-files.js';
import { runWorkflow } from './run-workflow.js';

const workflow = `
version: 0.6.0
app: {name: Test, mode: workflow}
workflow:
  environment_variables: [{name: KEY, value_type: secret, value: ''}]
  graph:
    nodes:
    - {id: start, data: {type: start, title: Start, variables: [{variable: query, type: text-input, required: true}, {variable: size, type: number}, {variable: doc, type: file}]}}
    - {id: find, data: {type: knowledge-retrieval, title: Find, dataset_ids: [0198c5a4-7f3e-7c1d-9b5e-2f6d8a1c0e47], query_variable_selector: [start, query], retrieval_mode: multiple, multiple_retrieval_config: {top_k: 2}}}
    - {id: llm, data: {type: llm, title: Ask, model: {provider: openai, name: gpt-4o, mode: chat, completion_params: {}}, prompt_template: [{role: user, text: 'Q {{#start.query#}} {{#env.KEY#}}'}], context: {enabled: false}}}
    - {id: page, data: {type: template-transform, title: Page, template: '{{ text }} {{ size }} {{ found[0].content }}', variables: [{variable: text, value_selector: [llm, text]}, {variable: size, value_selector: [start, size]}, {variable: found, value_selector: [find, result]}]}}
    - {id: end, data: {type: end, title: End, outputs: [{variable: page, value_selector: [page, output]}]}}
    edges: [{source: start, target: find}, {source: find, target: llm}, {source: llm, target: page}, {source: page, target: end}]
`;
const chatflow = `
version: 0.6.0
app: {name: Test, mode: advanced-chat}
workflow:
  graph:
    nodes:
    - {id: start, data: {type: start, title: Start, variables: []}}
    - {id: llm, data: {type: llm, title: Ask, model: {provider: openai, name: gpt-4o, mode: chat, completion_params: {}}, prompt_template: [{role: user, text: '{{#sys.query#}}'}], context: {enabled: false}}}
    - {id: answer, data: {type: answer, title: Answer, answer: 'A: {{#llm.text#}}'}}
    edges: [{source: start, target: llm}, {source: llm, target: answer}]
`;
const models = `
answers:
- {model: gpt-4o, contains: boom, error: it went wrong}
- {model: openai/gpt-4o, text: 'Hello there'}
retrieval:
- {contains: cats, segments: [{content: Cats sleep, title: animals.txt, score: 0.9}]}
environment: {KEY: canary-secret}
`;

describe('the workflow command', () => {
  let folder: string;
  let out: string;
  let errors: string;
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const lines = () =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; data: Record<string, unknown> });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baya-cli-'));
    out = '';
    errors = '';
    const toOut = (text: unknown) => ((out += String(text)), true);
    vi.spyOn(process.stdout, 'write').mockImplementation(toOut);
    vi.spyOn(console, 'log').mockImplementation((text: unknown) => toOut(`${String(text)}\n`));
    vi.spyOn(console, 'error').mockImplementation((text: unknown) => (errors += `${String(text)}\n`));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  const run = (text: string, ...args: string[]) => runWorkflow([file('app.yml', text), '--models', file('models.yml', models), ...args]);

  it('should print the outputs, of scripted models and knowledge, without the secret', async () => {
    expect(await run(workflow, '--input', 'query=cats', '--input', 'size=3')).toBe(0);

    expect(JSON.parse(out)).toEqual({ page: 'Hello there 3 Cats sleep' });
    expect(errors).toBe('');
  });

  it('should tell events of the wire as lines of JSON', async () => {
    expect(await run(workflow, '--input', 'query=cats', '--stream', '--json')).toBe(0);

    const frames = lines();
    expect(frames[0]).toMatchObject({ event: 'workflow_started', data: { inputs: { query: 'cats', 'sys.user_id': 'cli' } } });
    expect(frames.at(-1)).toMatchObject({ event: 'workflow_finished', data: { status: 'succeeded', total_steps: 5 } });
    expect(out).not.toContain('canary-secret');
  });

  it('should answer as a blocking call does', async () => {
    expect(await run(chatflow, '--input', 'sys.query=hi', '--json')).toBe(0);

    expect(JSON.parse(out)).toMatchObject({
      event: 'message',
      mode: 'advanced-chat',
      answer: 'A: Hello there',
      metadata: { retriever_resources: [] },
    });
  });

  it('should write what people read', async () => {
    expect(await run(chatflow, '--input', 'query=hi', '--stream')).toBe(0);

    expect(out.replace(/\d+\.\d{3} s/g, '0 s')).toBe(
      [
        '> Start [start]',
        'A: ',
        '< Start [start]: succeeded, 0 s',
        '> Ask [llm]',
        'Hello there',
        '< Ask [llm]: succeeded, 0 s',
        '> Answer [answer]',
        '< Answer [answer]: succeeded, 0 s',
        '= succeeded, 3 steps, 0 tokens, 0 s',
        '{\n  "answer": "A: Hello there",\n  "files": []\n}\n',
      ].join('\n'),
    );
  });

  describe('with tools, agents and people', () => {
    const flow = (data: string, output: string): string => `
version: 0.6.0
app: {name: Test, mode: workflow}
workflow:
  graph:
    nodes:
    - {id: start, data: {type: start, title: Start, variables: []}}
    - {id: it, data: {title: It, ${data}}}
    - {id: end, data: {type: end, title: End, outputs: [{variable: out, value_selector: [it, ${output}]}]}}
    edges: [{source: start, target: it}, {source: it, sourceHandle: ok, target: end}, {source: it, target: end}]
`;
    const tool = (provider: string, name: string): string =>
      `type: tool, provider_id: ${provider}, provider_type: builtin, provider_name: ${provider}, tool_name: ${name}, tool_configurations: {}, tool_parameters: {}`;
    const person = `type: human-input, form_content: 'Look', inputs: [{type: paragraph, output_variable_name: note}], user_actions: [{id: ok, title: OK, button_style: primary}]`;
    const script = `
tools: [{provider: jina, text: scripted}, {provider: other, error: 'not today'}]
agents: [{strategy: function_calling, text: agent says}]
forms: [{node: It, action: ok, inputs: {note: seen}}]
`;
    const runWith = (text: string, more = script) => runWorkflow([file('app.yml', text), '--models', file('m.yml', more)]);

    it('should call the built-in tools', async () => {
      expect(await runWith(flow(tool('time', 'current_time'), 'text'))).toBe(0);
      expect((JSON.parse(out) as { out: string }).out).toMatch(/^\d{4}-\d\d-\d\d /);
    });

    it('should let scripted tools, agents and people answer', async () => {
      expect(await runWith(flow(tool('langgenius/jina_tool/jina', 'jina_reader'), 'text'))).toBe(0);
      expect(JSON.parse(out)).toEqual({ out: 'scripted' });
      out = '';
      expect(
        await runWith(
          flow('type: agent, agent_strategy_provider_name: p, agent_strategy_name: function_calling, agent_parameters: {}', 'text'),
        ),
      ).toBe(0);
      expect(JSON.parse(out)).toEqual({ out: 'agent says' });
      out = '';
      expect(await runWith(flow(person, 'note'))).toBe(0);
      expect(JSON.parse(out)).toEqual({ out: 'seen' });
    });

    it('should say what is not there, and exit with 5 where a person is waited for', async () => {
      expect(await runWith(flow(tool('other', 'x'), 'text'))).toBe(1);
      expect(await runWith(flow(tool('langgenius/none/none', 'x'), 'text'))).toBe(1);
      expect(await runWith(flow(person, 'note'), 'forms: []')).toBe(5);
      expect(errors).toContain('not today');
      expect(errors).toContain('The tool x of langgenius/none/none is not here: script it under `tools` of the --models file.');
    });
  });

  it('should say why a run failed, and exit with 1', async () => {
    expect(await run(chatflow, '--input', 'query=boom')).toBe(1);
    expect(errors).toBe('The run failed: it went wrong\n');
  });

  it('should exit with 3 when a failure was repaired', async () => {
    const repaired = chatflow.replace(
      'title: Ask,',
      'title: Ask, error_strategy: default-value, default_value: [{key: text, type: string, value: spare}],',
    );

    expect(await run(repaired, '--input', 'query=boom')).toBe(3);
    expect(out).toBe('A: spare\n');
  });

  it('should let the test model answer where nothing else can, and say so', async () => {
    vi.stubEnv('OPENAI_API_KEY', '');
    expect(await runWorkflow([file('app.yml', chatflow), '--input', 'query=ping'])).toBe(0);

    expect(out).toContain('You said: ping');
    expect(errors).toBe('gpt-4o (openai): no credentials, so echo-1 (baya/builtin/builtin) answers.\n');
  });

  it('should call the model itself with the key of the environment, which no address inside can take', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-canary');
    vi.stubEnv('OPENAI_BASE_URL', 'http://169.254.169.254');

    expect(await runWorkflow([file('app.yml', chatflow), '--input', 'query=ping'])).toBe(1);

    expect(errors).toContain('169.254.169.254');
    expect(out + errors).not.toContain('sk-canary');
  });

  it('should read files of this machine', async () => {
    const doc = file('note.txt', 'words');
    const graph = workflow
      .replace('{{ size }}', '{{ doc.size }}')
      .replace('[start, size]', '[start, doc, name]')
      .replace('{{ doc.size }}', '{{ size }}');

    expect(await run(graph, '--input', 'query=cats', '--file', `doc=${doc}`)).toBe(0);
    expect(JSON.parse(out)).toEqual({ page: 'Hello there note.txt Cats sleep' });
  });

  it.each([
    [[], 'query is required in input form'],
    [['--input', 'query'], '--input query: write NAME=VALUE'],
    [['--input', 'nope=1'], '--input nope: there is query, size'],
    [['--input', 'query=a', '--input', 'query=b'], '--input query is there twice'],
    [['--input', 'query=a', '--input', 'size=many'], 'size in input form must be a valid number'],
    [['--input', 'query=a', '--file', 'query=x'], '--file query: there is doc'],
    [['--input', 'query=a', '--file', 'doc=/no/such/file'], 'there is no file /no/such/file'],
    [['--bogus'], "Unknown option '--bogus'"],
  ])('should refuse %j', async (args, message) => {
    await expect(run(workflow, ...args)).rejects.toThrow(UsageError);
    await expect(run(workflow, ...args)).rejects.toThrow(message);
  });

  it('should refuse a models file that says what it can not', async () => {
    const path = file('app.yml', chatflow);

    await expect(runWorkflow([path, '--models', file('m.yml', 'answers: [{modle: x}]')])).rejects.toThrow(
      /answers\.0: Unrecognized key: "modle"/,
    );
    await expect(runWorkflow([path, '--models', join(folder, 'none.yml')])).rejects.toThrow("can't be read");
  });

  it('should say what is wrong with a file before anything runs', async () => {
    expect(await runWorkflow([file('app.yml', 'kind: app')])).toBe(1);
    expect(errors).toContain('MISSING_APP (app): Missing app data in YAML content');
    expect(await runWorkflow([file('app.yml', 'app: {name: x, mode: chat}\nmodel_config: {pre_prompt: x}')])).toBe(1);
    expect(errors).toContain('has no graph');
  });

  it('should check files', async () => {
    const bad = file('bad.yml', chatflow.replace('type: answer', 'type: answers'));
    expect(await lintFiles([file('good.yml', chatflow)])).toBe(0);
    expect(await lintFiles([file('good.yml', chatflow), bad, join(folder, 'none.yml')])).toBe(1);
    expect(out).toContain('bad.yml: error UNKNOWN_NODE_TYPE: Node "Answer" (answer), field type: has the type answers');
    expect(out).toContain('none.yml: error UNREADABLE_FILE');
    expect(out).toContain('good.yml (advanced-chat, version 0.6.0): 0 errors, 0 warnings');

    out = '';
    expect(await lintFiles(['--json', bad])).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      {
        import: 'completed',
        mode: 'advanced-chat',
        problems: [{ code: 'UNKNOWN_NODE_TYPE', nodeId: 'answer', nodeTitle: 'Answer', field: 'type' }],
      },
    ]);
    await expect(lintFiles([])).rejects.toThrow(UsageError);
  });

  it('should refuse to draw what is no graph', async () => {
    expect(await drawFile([file('x.yml', 'app: {name: x, mode: chat}\nmodel_config: {pre_prompt: x}')])).toBe(1);
    expect(errors).toContain('has no graph to draw');
    await expect(drawFile([])).rejects.toThrow(UsageError);
  });
});
