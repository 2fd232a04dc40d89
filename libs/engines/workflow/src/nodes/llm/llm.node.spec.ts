import { PyFloat } from '#common';
import { textOf } from '#engines/model-runtime';
import type { NodeFinished } from '../../run/events.js';
import { MemoryOf } from '../../testing/conversation.js';
import { graphOf } from '../../testing/graph.factory.js';
import { fileValue, MemoryFiles } from '../../testing/memory-files.js';
import { MockError, mockModels, mockUsage, type MockModels } from '../../testing/mock-models.js';
import { runGraph, testFacts, type HarnessOptions, type Told } from '../../testing/workflow.harness.js';

const model = { provider: 'acme', name: 'chat-1', mode: 'chat', completion_params: { temperature: 0.5 } };
const question = [
  { role: 'system', text: 'You are a helper.' },
  { role: 'user', text: '{{#start.q#}}' },
];
const off = { context: { enabled: false, variable_selector: [] }, vision: { enabled: false } };

interface Play extends Omit<HarnessOptions, 'inputs'> {
  data?: Record<string, unknown>;
  models?: MockModels;
  inputs?: Record<string, unknown>;
  answer?: string;
}

async function play({ data, models = mockModels(), inputs = { q: 'hi' }, answer = '{{#llm.text#}}', ...options }: Play = {}): Promise<
  Told & { node: NodeFinished; models: MockModels }
> {
  const graph = graphOf(
    {
      start: {
        type: 'start',
        variables: Object.keys(inputs).map((variable) => ({ variable, type: variable === 'q' ? 'paragraph' : 'any' })),
      },
      llm: { type: 'llm', model, prompt_template: question, ...off, ...data },
      answer: { type: 'answer', answer },
    },
    ['start -> llm -> answer'],
  );
  const told = await runGraph(graph, { ...options, inputs, ports: { models, ...options.ports } });
  const node = told.events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 'llm');
  if (node === undefined) throw new Error('the llm node did not end');
  return { ...told, node, models };
}

const chatflow = (query: string): Pick<HarnessOptions, 'facts' | 'run'> => ({
  facts: { ...testFacts, conversationId: 'c-1' },
  run: { system: { query, files: [], conversation_id: 'c-1' } },
});

describe('llm node', () => {
  describe('a plain answer', () => {
    it('should show what was asked, answered and used as recorded', async () => {
      const { node, end } = await play({ models: mockModels('one two') });

      expect(node).toMatchObject({ status: 'succeeded', error: null });
      expect(node.inputs).toEqual({});
      expect(node.processData).toEqual({
        model_mode: 'chat',
        prompts: [
          { role: 'system', text: 'You are a helper.', files: [] },
          { role: 'user', text: 'hi', files: [] },
        ],
        usage: mockUsage,
        finish_reason: 'stop',
        model_provider: 'acme',
        model_name: 'chat-1',
      });
      expect(node.outputs).toEqual({ text: 'one two', reasoning_content: '', usage: mockUsage, finish_reason: 'stop' });
      expect(node.metadata).toEqual({ total_tokens: 15, total_price: '0.0', currency: 'USD' });
      expect(end).toMatchObject({ type: 'run_succeeded', outputs: { answer: 'one two' }, totalTokens: 15 });
    });

    it('should stream what each read brought in one piece, then an empty one', async () => {
      const { lines } = await play({ models: mockModels({ reads: [['a', 'b'], ['c']] }) });

      expect(lines.filter((line) => line.startsWith('chunk llm'))).toEqual(['chunk llm "ab"', 'chunk llm "c"', 'chunk llm ""']);
      expect(lines.indexOf('chunk llm ""')).toBeLessThan(lines.indexOf('node_finished llm'));
    });

    it('should hand parameters and stop words to the model, and ask for a measured stream', async () => {
      const { models } = await play({ data: { model: { ...model, completion_params: { top_p: 1, stop: ['END'] } } } });

      expect(models.calls[0]?.choice).toEqual({ provider: 'acme', name: 'chat-1', mode: 'chat' });
      expect(models.calls[0]?.request).toMatchObject({ parameters: { top_p: 1 }, stop: ['END'], user: 'test_user' });
      expect(models.calls[0]?.options).toMatchObject({ stream: true, measureTimes: true });
    });
  });

  describe('failures', () => {
    it('should fail with the name of the error', async () => {
      const { node, end } = await play({ models: mockModels(new MockError('told to fail')) });

      expect(node).toMatchObject({ status: 'failed', error: 'told to fail', errorType: 'MockError', outputs: {}, inputs: {} });
      expect(end.type).toBe('run_failed');
    });

    it('should fail for a variable that is not there', async () => {
      const { node, models } = await play({ data: { prompt_template: [{ role: 'user', text: '{{#start.none#}}' }] } });

      expect(node).toMatchObject({ error: 'Variable #start.none# not found', errorType: 'VariableNotFoundError' });
      expect(models.calls).toEqual([]);
    });

    it('should fail when nothing is left of the prompt', async () => {
      const { node } = await play({ inputs: { q: '' }, data: { prompt_template: [{ role: 'user', text: '{{#start.q#}}' }] } });

      expect(node).toMatchObject({
        error: 'No prompt found in the LLM configuration. Please ensure a prompt is properly configured before proceeding.',
        errorType: 'NoPromptFoundError',
      });
    });

    it('should say which port is missing', async () => {
      const { node } = await play({ ports: { models: undefined } });

      expect(node).toMatchObject({ status: 'failed', errorType: 'PortMissingError', error: expect.stringContaining('models') as string });
    });

    it('should go on with default values', async () => {
      const data = { error_strategy: 'default-value', default_value: [{ key: 'text', type: 'string', value: 'fallback response' }] };
      const { end } = await play({ data, models: mockModels(new MockError('no')) });

      expect(end).toMatchObject({ type: 'run_partially_succeeded', exceptionsCount: 1, outputs: { answer: 'fallback response' } });
    });

    it('should try again, showing none of the first answer', async () => {
      let calls = 0;
      const models = mockModels(() => ((calls += 1) === 1 ? new MockError('no') : 'yes'));
      const { lines, text } = await play({
        models,
        data: { retry_config: { retry_enabled: true, max_retries: 1, retry_interval: 1 } },
      });

      expect(lines.filter((line) => line.startsWith('node_retry'))).toEqual(['node_retry llm']);
      expect(text).toBe('yes');
    });
  });

  describe('context', () => {
    const item = {
      metadata: {
        _source: 'knowledge',
        dataset_id: 'd',
        dataset_name: 'fruit',
        document_id: 'doc',
        document_name: 'f.txt',
        data_source_type: 'upload_file',
        segment_id: 's',
        retriever_from: 'workflow',
        score: 0.5,
        child_chunks: [],
        segment_hit_count: 1,
        segment_word_count: 39,
        segment_position: 2,
        segment_index_node_hash: 'h',
        doc_metadata: {},
        position: 1,
      },
      title: 'f.txt',
      files: null,
      content: 'Bananas are yellow.',
      summary: null,
    };
    const withContext = (prompt: string) => ({
      context: { enabled: true, variable_selector: ['start', 'found'] },
      prompt_template: [{ role: 'user', text: prompt }],
    });

    it('should put what was found into the prompt, and tell where it is from', async () => {
      const inputs = { q: 'yellow', found: [item, 'plain', { content: 'long', summary: 'short' }] };
      const { node, models, events } = await play({ inputs, data: withContext('{{#context#}} {{#start.q#}}') });

      const text = 'Bananas are yellow.\nplain\nshort\nlong';
      // The braces are those of the recorded prompts.
      expect(models.lastPrompt).toEqual([`user: {${text}} yellow`]);
      expect(node.inputs).toEqual({ '#context#': text });
      const said = events.flatMap((event) => (event.type === 'node_said' ? [event.emission] : []));
      expect(said).toEqual([
        {
          type: 'retriever_resources',
          context: text,
          resources: [
            {
              position: 1,
              dataset_id: 'd',
              dataset_name: 'fruit',
              document_id: 'doc',
              document_name: 'f.txt',
              data_source_type: 'upload_file',
              segment_id: 's',
              retriever_from: 'workflow',
              score: 0.5,
              hit_count: 1,
              word_count: 39,
              segment_position: 2,
              index_node_hash: 'h',
              content: 'Bananas are yellow.',
              page: null,
              doc_metadata: {},
              title: 'f.txt',
              files: null,
              summary: null,
            },
          ],
        },
      ]);
    });

    it('should leave nothing in its place when nothing was found, and not resolve references inside it', async () => {
      const nothing = await play({ inputs: { q: 'x', found: [] }, data: withContext('[{{#context#}}]{{#start.q#}}') });
      expect(nothing.models.lastPrompt).toEqual(['user: []x']);
      expect(nothing.node.inputs).toEqual({});

      const hostile = await play({ inputs: { q: 'x', found: '{{#start.q#}}' }, data: withContext('{{#context#}}') });
      expect(hostile.models.lastPrompt).toEqual(['user: {{{#start.q#}}}']);
    });

    it('should refuse an item without content', async () => {
      const { node } = await play({ inputs: { q: 'x', found: [{ a: new PyFloat(1) }] }, data: withContext('{{#context#}}') });

      expect(node).toMatchObject({ error: "Invalid context structure: {'a': 1.0}", errorType: 'InvalidContextStructureError' });
    });
  });

  describe('files', () => {
    const vision = { vision: { enabled: true, configs: { variable_selector: ['start', 'pics'], detail: 'low' } } };
    const sees = (answer?: string) => mockModels(answer, { features: ['vision'] });

    it('should show files before the words of the last message, and read only what the model takes', async () => {
      const files = new MemoryFiles();
      const inputs = { q: 'what?', pics: [fileValue(), fileValue({ type: 'document', filename: 'a.pdf', mimeType: 'application/pdf' })] };
      const { node, models } = await play({ inputs, data: vision, models: sees(), ports: { files } });

      expect(models.calls[0]?.request.messages.at(-1)).toEqual({
        role: 'user',
        content: [
          {
            type: 'image',
            detail: 'low',
            format: 'png',
            mimeType: 'image/png',
            filename: 'cat.png',
            base64Data: Buffer.from('cat.png').toString('base64'),
          },
          { type: 'text', data: 'what?' },
        ],
      });
      expect(files.readNames).toEqual(['cat.png']);
      expect(node.inputs).toEqual({ '#files#': inputs.pics });
      expect(node.processData?.prompts).toMatchObject([
        { role: 'system' },
        { role: 'user', text: 'what?', files: [{ type: 'image', detail: 'low' }] },
      ]);
    });

    it('should send URLs where the platform says so', async () => {
      const { models } = await play({
        inputs: { q: 'what?', pics: fileValue() },
        data: vision,
        models: sees(),
        ports: { files: new MemoryFiles({}, 'url') },
      });

      expect(models.calls[0]?.request.messages.at(-1)?.content).toMatchObject([{ url: 'https://files.test/cat.png' }, {}]);
    });

    it('should send no file to a model that can not see, and need no port for it', async () => {
      const { models } = await play({ inputs: { q: 'what?', pics: [fileValue()] }, data: vision });

      expect(models.lastPrompt).toEqual(['system: You are a helper.', 'user: what?']);
    });

    it('should put the files of a variable in the text into a message of their own', async () => {
      const { models } = await play({
        inputs: { q: 'look', pics: [fileValue()] },
        data: { prompt_template: [{ role: 'user', text: '{{#start.q#}} {{#start.pics#}}' }] },
        models: sees(),
        ports: { files: new MemoryFiles() },
      });

      expect(models.lastPrompt).toEqual(['user: look ', 'user: [image]']);
    });

    it('should refuse a variable that holds no files', async () => {
      const { node } = await play({ inputs: { q: 'x', pics: 'text' }, data: vision });

      expect(node.errorType).toBe('InvalidVariableTypeError');
    });

    it('should keep pictures that the model makes, and show them in the text', async () => {
      const files = new MemoryFiles();
      const media = [
        { type: 'image' as const, format: 'png', mimeType: 'image/png', base64Data: Buffer.from('pixels').toString('base64') },
        { type: 'image' as const, format: 'png', mimeType: 'image/png', url: 'https://vendor.test/p.png' },
      ];
      const { node, text } = await play({ models: mockModels({ text: 'Here:', media }), ports: { files } });

      expect(node.outputs.text).toBe('Here:![](https://files.test/tool-file-1)![](https://files.test/tool-file-2)');
      expect(text).toBe(node.outputs.text);
      expect(node.outputs.files).toMatchObject([{ facts: { transferMethod: 'tool_file' } }, {}]);
      expect(files.stored.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['pixels', 'https://vendor.test/p.png']);
    });
  });

  describe('memory', () => {
    const window = { enabled: false, size: 50 };
    const memory = { memory: { role_prefix: { user: '', assistant: '' }, window, query_prompt_template: '' } };
    const ask = { prompt_template: [{ role: 'system', text: 'Be brief.' }] };
    const past = () => new MemoryOf([{ query: 'old?', answer: 'old!' }]);

    it('should put the history between the prompt and what the user asks', async () => {
      const { models } = await play({ data: { ...ask, ...memory }, ports: { memory: past() }, ...chatflow('new?') });

      expect(models.lastPrompt).toEqual(['system: Be brief.', 'user: old?', 'assistant: old!', 'user: new?']);
    });

    it('should ask with a template of its own', async () => {
      const data = { ...ask, memory: { window, query_prompt_template: 'Q: {{#sys.query#}}' } };
      const { models } = await play({ data, ports: { memory: past() }, ...chatflow('new?') });

      expect(models.lastPrompt.at(-1)).toBe('user: Q: new?');
    });

    it('should not read the words of a user as a template', async () => {
      const { models } = await play({ data: { ...ask, ...memory }, ports: { memory: past() }, ...chatflow('{{#sys.app_id#}}') });

      expect(models.lastPrompt.at(-1)).toBe('user: {{#sys.app_id#}}');
    });

    it('should look back as far as its window, at most 500 messages', async () => {
      const near = past();
      await play({ data: { ...ask, memory: { window: { enabled: true, size: 3 } } }, ports: { memory: near }, ...chatflow('x') });
      const far = past();
      await play({ data: { ...ask, memory: { window: { enabled: true, size: 900 } } }, ports: { memory: far }, ...chatflow('x') });

      expect(near.asked).toEqual([{ conversationId: 'c-1', limit: 3 }]);
      expect(far.asked).toEqual([{ conversationId: 'c-1', limit: 500 }]);
    });

    it('should cut the history to what the model has room for', async () => {
      const count = (messages: readonly unknown[]) => Promise.resolve(messages.length * 10);
      const models = mockModels('ok', { properties: { context_size: 25 } });
      const { models: asked } = await play({
        data: { ...ask, ...memory },
        models,
        ports: { memory: past(), tokens: { count } },
        ...chatflow('new?'),
      });

      expect(asked.lastPrompt).toEqual(['system: Be brief.', 'assistant: old!', 'user: new?']);
    });

    it('should remember nothing without a conversation, or with a memory that has no window', async () => {
      const alone = past();
      const { models } = await play({ data: { ...ask, ...memory }, ports: { memory: alone } });
      const { models: bare } = await play({ data: { ...ask, memory: {} }, ports: { memory: alone }, ...chatflow('new?') });

      expect(alone.asked).toEqual([]);
      expect(models.lastPrompt).toEqual(['system: Be brief.']);
      expect(bare.lastPrompt).toEqual(['system: Be brief.']);
    });
  });

  describe('a prompt in one piece', () => {
    const completion = (text: string, more: Record<string, unknown> = {}) => ({
      model: { ...model, mode: 'completion' },
      prompt_template: { text, edition_type: 'basic' },
      ...more,
    });
    const memory = { memory: { role_prefix: { user: 'Human', assistant: 'AI' }, window: { enabled: false, size: 9 } } };
    const past = () => new MemoryOf([{ query: 'old?', answer: 'old!' }]);

    it('should ask with one text', async () => {
      const { node, models } = await play({ data: completion('Say {{#start.q#}}') });

      expect(models.lastPrompt).toEqual(['user: Say hi']);
      expect(node.processData).toMatchObject({ model_mode: 'completion', prompts: [{ role: 'user', text: 'Say hi' }] });
    });

    it('should put the history in its place, or in front', async () => {
      const ports = { memory: past() };
      const placed = await play({ data: completion('{{#histories#}}\nHuman: {{#sys.query#}}', memory), ports, ...chatflow('new?') });
      const free = await play({ data: completion('Human: {{#sys.query#}}', memory), ports, ...chatflow('new?') });

      expect(placed.models.lastPrompt).toEqual(['user: Human: old?\nAI: old!\nHuman: new?']);
      expect(free.models.lastPrompt).toEqual(['user: Human: old?\nAI: old!\nHuman: new?']);
    });

    it('should want names for the two who speak', async () => {
      const data = completion('x', { memory: { window: { enabled: false, size: 9 } } });
      const { node } = await play({ data, ports: { memory: past() }, ...chatflow('new?') });

      expect(node.errorType).toBe('MemoryRolePrefixRequiredError');
    });
  });

  describe('Jinja2 prompts', () => {
    const jinja = (source: string, variables: Record<string, string[]>) => ({
      prompt_template: [{ role: 'user', text: 'unused', edition_type: 'jinja2', jinja2_text: source }],
      prompt_config: {
        jinja2_variables: Object.entries(variables).map(([variable, selector]) => ({ variable, value_selector: selector })),
      },
    });

    it('should render the declared variables as the values they are', async () => {
      const { models } = await play({
        inputs: { q: 'hi', list: [{ n: new PyFloat(1) }, { n: 2 }], pic: fileValue() },
        data: jinja('{{ q }}{% for i in list %} {{ i.n }}{% endfor %} {{ pic.filename }}{{ other }}', {
          q: ['start', 'q'],
          list: ['start', 'list'],
          pic: ['start', 'pic'],
        }),
      });

      expect(models.lastPrompt).toEqual(['user: hi 1.0 2 cat.png']);
    });

    it('should fail for a variable that is not there', async () => {
      const { node } = await play({ data: jinja('{{ x }}', { x: ['start', 'none'] }) });

      expect(node).toMatchObject({ error: 'Variable x not found', errorType: 'VariableNotFoundError' });
    });

    it.each(['{% for %}', '{{ 1 / 0 }}'])('should fail for %s, naming the place, and ask nothing', async (source) => {
      const { node, models } = await play({ data: jinja(source, {}) });

      expect(node).toMatchObject({ status: 'failed', errorType: 'CodeExecutionError', error: expect.stringContaining('line 1') as string });
      expect(models.calls).toEqual([]);
    });
  });

  describe('reasoning', () => {
    const thinking = '<think>\nfirst\n</think>\n\n\nHello\n\n\n<THINK a>second</THINK> there ';

    it('should leave thoughts in the text by default', async () => {
      const { node } = await play({ models: mockModels(thinking) });

      expect(node.outputs).toMatchObject({ text: thinking, reasoning_content: '' });
    });

    it('should take them out when they are wanted apart; what was streamed keeps them', async () => {
      const { node, text } = await play({ models: mockModels(thinking), data: { reasoning_format: 'separated' } });

      expect(node.outputs).toMatchObject({ text: 'Hello\n\n there', reasoning_content: 'first\nsecond' });
      expect(text).toBe(thinking);
    });
  });

  describe('structured output', () => {
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
    const structured = { structured_output_enabled: true, structured_output: { schema } };

    it('should hand the schema to the model and put out the object', async () => {
      const { node, models, end } = await play({
        models: mockModels('{"name":"Bob"} {"name":"Bob"}'),
        data: structured,
        answer: '{{#llm.structured_output.name#}}',
      });

      expect(models.calls[0]?.request.structuredOutput).toEqual({ schema });
      expect(Object.keys(node.outputs)).toEqual(['text', 'reasoning_content', 'usage', 'finish_reason', 'structured_output']);
      expect(node.outputs.structured_output).toEqual({ name: 'Bob' });
      expect(end.outputs.answer).toBe('Bob');
    });

    it('should fail, as recorded, when the answer holds no object', async () => {
      const { node, end } = await play({ models: mockModels('no json'), data: structured });

      expect(node.error).toBe('Failed to parse structured output: Failed to parse structured output: no json');
      expect(node).toMatchObject({ outputs: {}, metadata: null });
      expect(end.totalTokens).toBe(0);
    });

    it('should fail when there is no schema', async () => {
      const { node, models } = await play({ data: { structured_output_enabled: true } });

      expect(node).toMatchObject({ errorType: 'LLMNodeError', error: expect.stringContaining('structured_output.schema') as string });
      expect(models.calls).toEqual([]);
    });
  });

  it('should send a secret to the model and show only its name', async () => {
    const models = mockModels(({ request }) => `the key is ${textOf(request.messages[0]?.content ?? '')}`);
    const { node, text, end } = await play({
      models,
      data: { prompt_template: [{ role: 'user', text: '{{#env.KEY#}}' }] },
      run: { environment: [{ name: 'KEY', type: 'secret', value: 's3cr3t-value' }] },
    });

    expect(models.calls[0]?.request.messages).toEqual([{ role: 'user', content: 's3cr3t-value' }]);
    expect(JSON.stringify([node, text, end])).not.toContain('s3cr3t');
    expect(text).toBe('the key is {{#env.KEY#}}');
  });
});
