import { textOf } from '#engines/model-runtime';
import type { NodeFinished } from '../../run/events.js';
import { graphOf } from '../../testing/graph.factory.js';
import { MemoryOf } from '../../testing/conversation.js';
import { fileValue, MemoryFiles } from '../../testing/memory-files.js';
import { MockError, mockModels, mockUsage } from '../../testing/mock-models.js';
import { runGraph, testFacts, type HarnessOptions } from '../../testing/workflow.harness.js';

const model = { provider: 'acme', name: 'chat-1', mode: 'chat', completion_params: { temperature: 0.5, stop: ['END'] } };
const classes = [
  { id: '1', name: 'weather' },
  { id: '2', name: 'sports' },
];
const reply = (id: unknown) => JSON.stringify({ keywords: ['x'], category_id: id, category_name: 'any' });

interface Play extends Omit<HarnessOptions, 'inputs'> {
  data?: Record<string, unknown>;
  query?: unknown;
}

async function play(answer: Parameters<typeof mockModels>[0], { data, query = 'football', ...options }: Play = {}) {
  const models = mockModels(answer, { features: ['vision'] });
  const graph = graphOf(
    {
      start: { type: 'start', variables: [{ variable: 'q', type: 'any' }] },
      qc: { type: 'question-classifier', model, query_variable_selector: ['start', 'q'], classes, instruction: '', ...data },
      one: { type: 'answer', answer: 'one' },
      two: { type: 'answer', answer: 'two' },
    },
    ['start -> qc', 'qc:1 -> one', 'qc:2 -> two'],
  );
  const told = await runGraph(graph, { ...options, inputs: { q: query }, ports: { models, ...options.ports } });
  const node = told.events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 'qc') as NodeFinished;
  return { ...told, node, models };
}

describe('question-classifier node', () => {
  it('should take the edge of the class that the model chose', async () => {
    const { node, end, models } = await play(`<think>{"a":1}</think>\`\`\`json\n${reply('2')}\n\`\`\``);

    expect(node).toMatchObject({ status: 'succeeded', handle: '2' });
    expect(node.inputs).toEqual({ query: 'football' });
    expect(node.outputs).toEqual({ class_name: 'sports', class_id: '2', usage: mockUsage });
    expect(Object.keys(node.processData ?? {})).toEqual([
      'model_mode',
      'prompts',
      'usage',
      'finish_reason',
      'model_provider',
      'model_name',
    ]);
    expect(node.metadata).toEqual({ total_tokens: 15, total_price: '0.0', currency: 'USD' });
    expect(end.outputs.answer).toBe('two');
    expect(models.calls[0]?.request).toMatchObject({ parameters: { temperature: 0.5 }, stop: ['END'] });
  });

  it('should ask with the text, the classes and the resolved instruction, after two examples', async () => {
    const { models } = await play(reply('1'), { data: { instruction: 'by {{#sys.user_id#}}, {{#no.where#}}' } });

    const roles = models.calls[0]?.request.messages.map(({ role }) => role);
    expect(roles).toEqual(['system', 'user', 'assistant', 'user', 'assistant', 'user']);
    expect(JSON.parse(textOf(models.calls[0]?.request.messages.at(-1)?.content ?? ''))).toEqual({
      input_text: ['football'],
      categories: [
        { category_id: '1', category_name: 'weather' },
        { category_id: '2', category_name: 'sports' },
      ],
      classification_instructions: ['by test_user, no.where'],
    });
  });

  it('should ask a completion model with one text', async () => {
    const { models, node } = await play(reply('1'), { data: { model: { ...model, mode: 'completion' } } });

    expect(models.calls[0]?.request.messages.map(({ role }) => role)).toEqual(['user']);
    expect(node.processData).toMatchObject({ model_mode: 'completion' });
  });

  it.each([reply('9'), reply(null), '{"keywords": []}', '{"category_id": "2"}'])(
    'should fall back to the first class for %s',
    async (answer) => {
      const { node } = await play(answer);

      expect(node.outputs).toMatchObject({ class_id: '1', class_name: 'weather' });
    },
  );

  it('should put out the label of a class that has one', async () => {
    const labelled = [{ id: '1', name: 'weather', label: 'Class 1' }];

    expect((await play(reply('1'), { data: { classes: labelled } })).node.outputs).toMatchObject({ class_label: 'Class 1' });
  });

  it.each([`${reply('2')} ${reply('2')}`, 'sports, I think', '```json\nnothing\n```'])(
    'should fail for %s, with what was used',
    async (answer) => {
      const { node, end } = await play(answer);

      expect(node).toMatchObject({ status: 'failed', errorType: 'OutputParserError', outputs: {}, processData: {} });
      expect(node.error).toMatch(/^got invalid json object\. error: /);
      expect(node.metadata).toEqual({ total_tokens: 15, total_price: '0.0', currency: 'USD' });
      expect(end).toMatchObject({ type: 'run_failed', totalTokens: 15 });
    },
  );

  it('should fail with the error of the model', async () => {
    const { node } = await play(new MockError('no'));

    expect(node).toMatchObject({ status: 'failed', error: 'no', errorType: 'MockError', inputs: { query: 'football' }, metadata: null });
  });

  it('should fail when there is nothing to choose from', async () => {
    expect((await play(reply('1'), { data: { classes: [] } })).node).toMatchObject({ status: 'failed' });
  });

  it('should know what was said before, and see files', async () => {
    const { models } = await play(reply('1'), {
      data: { memory: { window: { enabled: false } }, vision: { enabled: true, configs: { variable_selector: ['sys', 'files'] } } },
      facts: { ...testFacts, conversationId: 'c-1' },
      run: { system: { files: [fileValue()] } },
      ports: { memory: new MemoryOf([{ query: 'old?', answer: 'old!' }]), files: new MemoryFiles() },
    });

    expect(models.lastPrompt[0]).toContain('<histories>\nHuman: old?\nAssistant: old!\n</histories>');
    expect(models.lastPrompt.at(-1)).toMatch(/^user: \[image] \{/);
  });

  it('should take a missing text as an empty one', async () => {
    const { node, models } = await play(reply('1'), { data: { query_variable_selector: ['start', 'none'] } });

    expect(node.inputs).toEqual({ query: null });
    expect(models.lastPrompt.at(-1)).toContain('"input_text":[""]');
  });
});
