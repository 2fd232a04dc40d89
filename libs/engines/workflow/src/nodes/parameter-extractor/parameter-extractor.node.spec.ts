import { PyFloat } from '#common';
import { renderText } from '../../values/render.js';
import { segmentOf } from '../../values/segment.js';
import type { NodeFinished } from '../../run/events.js';
import { MemoryOf } from '../../testing/conversation.js';
import { graphOf } from '../../testing/graph.factory.js';
import { fileValue, MemoryFiles } from '../../testing/memory-files.js';
import { MockError, mockModels, mockUsage } from '../../testing/mock-models.js';
import { runGraph, testFacts, testEngine, type HarnessOptions } from '../../testing/workflow.harness.js';

const model = { provider: 'acme', name: 'chat-1', mode: 'chat', completion_params: { temperature: 0.5 } };
const city = { name: 'city', type: 'string', description: 'a city', required: true };
const days = { name: 'days', type: 'number', description: 'n', required: false };
const call = (found: unknown) => ({ toolCalls: [{ name: 'extract_parameters', arguments: JSON.stringify(found) }] });

interface Play extends Omit<HarnessOptions, 'inputs'> {
  data?: Record<string, unknown>;
  features?: readonly ('tool-call' | 'multi-tool-call' | 'vision')[];
}

function graph(data: Record<string, unknown> = {}) {
  return graphOf(
    {
      start: { type: 'start', variables: [{ variable: 'q', type: 'any' }] },
      pe: { type: 'parameter-extractor', model, query: ['start', 'q'], parameters: [city, days], instruction: '', ...data },
      end: { type: 'end', outputs: [{ variable: 'ok', value_selector: ['pe', '__is_success'] }] },
    },
    ['start -> pe -> end'],
  );
}

async function play(answer: Parameters<typeof mockModels>[0], { data, features = ['tool-call'], ...options }: Play = {}) {
  const models = mockModels(answer, { features });
  const told = await runGraph(graph(data), { ...options, inputs: { q: 'to Paris' }, ports: { models, ...options.ports } });
  const node = told.events.find((event): event is NodeFinished => event.type === 'node_finished' && event.nodeId === 'pe') as NodeFinished;
  return { ...told, node, models };
}

describe('parameter-extractor node', () => {
  describe('by a function call', () => {
    it('should put out what the model called the function with, and show it as recorded', async () => {
      const { node, models, end } = await play(call({ city: 'Paris', days: 3 }));

      const shown = [
        { name: 'city', type: 'string', options: null, description: 'a city', required: true },
        { name: 'days', type: 'number', options: null, description: 'n', required: false },
      ];
      expect(node.inputs).toEqual({ query: 'to Paris', files: [], parameters: shown, instruction: '' });
      expect(node.outputs).toEqual({ __is_success: 1, __reason: null, __usage: mockUsage, city: 'Paris', days: 3 });
      expect(Object.keys(node.processData ?? {})).toEqual([
        'model_mode',
        'prompts',
        'usage',
        'function',
        'tool_call',
        'model_provider',
        'model_name',
        'llm_text',
      ]);
      expect(node.processData).toMatchObject({
        llm_text: '',
        tool_call: { id: 'call_1', type: 'function', function: { name: 'extract_parameters', arguments: '{"city":"Paris","days":3}' } },
        function: {
          name: 'extract_parameters',
          parameters: {
            type: 'object',
            properties: { city: { description: 'a city', type: 'string' }, days: { description: 'n', type: 'number' } },
            required: ['city'],
          },
        },
      });
      expect(node.metadata).toEqual({ total_tokens: 15, total_price: '0.0', currency: 'USD' });
      expect(models.calls[0]?.options).toMatchObject({ stream: false });
      expect(models.calls[0]?.request.tools).toHaveLength(1);
      expect(end.outputs).toEqual({ ok: 1 });
    });

    it('should show two calls as examples, the tool calls also with what follows them', async () => {
      const { node } = await play(call({ city: 'Paris' }));

      const prompts = node.processData?.prompts as { role: string; tool_calls?: unknown[] }[];
      expect(prompts.map(({ role }) => role)).toEqual([
        'system',
        ...['user', 'assistant', 'tool', 'assistant'],
        ...['user', 'assistant', 'tool', 'assistant'],
        'user',
      ]);
      expect(prompts.map(({ tool_calls: calls }) => calls?.length ?? 0)).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 0, 0]);
    });

    it('should take JSON in the text where the function was not called', async () => {
      const { node } = await play('<think>{"city":"Rome"}</think>It is {that}: {"city":"Paris"} there');

      expect(node.outputs).toMatchObject({ __is_success: 1, city: 'Paris', days: 0 });
      expect(node.processData).toMatchObject({ tool_call: null });
    });
  });

  describe('by JSON', () => {
    it.each<[string, Play]>([
      ['where the author wants it', { data: { reasoning_mode: 'prompt' } }],
      ['where the model calls no functions', { features: ['vision'] }],
    ])('should ask for it %s', async (_, options) => {
      const { node, models } = await play('```json\n{"city": "Paris", "days": 2.0}\n```', options);

      expect(models.calls[0]?.request.tools).toBeUndefined();
      expect(models.calls[0]?.request.messages.map(({ role }) => role)).toEqual([
        'system',
        'user',
        'assistant',
        'user',
        'assistant',
        'user',
      ]);
      expect(node.processData).toMatchObject({ function: {}, tool_call: null });
      expect(node.outputs).toMatchObject({ __is_success: 1, city: 'Paris', days: new PyFloat(2) });
    });

    it('should ask a completion model with one text', async () => {
      const { models, node } = await play('{"city": "Paris"}', { data: { model: { ...model, mode: 'completion' } } });

      expect(models.calls[0]?.request.messages.map(({ role }) => role)).toEqual(['user']);
      expect(node.outputs).toMatchObject({ __is_success: 1, city: 'Paris' });
    });
  });

  describe('what was not found', () => {
    it.each(['no json', '<structure> {"type": "object", "properties":', '{}', '{{{{'])(
      'should succeed without success for %s',
      async (answer) => {
        const { node, end } = await play(answer);

        expect(node).toMatchObject({ status: 'succeeded', error: null });
        expect(node.outputs).toEqual({
          __is_success: 0,
          __reason: 'Failed to extract result from function call or text response, using empty result.',
          __usage: mockUsage,
          city: '',
          days: 0,
        });
        expect(end.outputs).toEqual({ ok: 0 });
      },
    );

    it('should name what is required and missing, and not miss what is not required', async () => {
      const missing = await play(call({ days: 3 }));
      const enough = await play(call({ city: 'Paris', days: null }));

      expect(missing.node.outputs).toMatchObject({ __is_success: 0, city: '', days: 3 });
      expect(missing.node.outputs.__reason).toContain('city');
      expect(enough.node.outputs).toMatchObject({ __is_success: 1, __reason: null, days: 0 });
    });

    it('should not take what every object has', async () => {
      const data = { parameters: [{ name: 'constructor', type: 'string', required: false }] };

      expect((await play(call({ a: 1 }), { data })).node.outputs).toMatchObject({ __is_success: 1, constructor: '' });
    });
  });

  describe('types', () => {
    const converted = async (type: string, value: unknown, more: Record<string, unknown> = {}) => {
      const { node } = await play(call({ x: value }), { data: { parameters: [{ name: 'x', type, required: true, ...more }] } });
      return { value: node.outputs.x, ok: node.outputs.__is_success };
    };

    it.each<[string, unknown, unknown]>([
      ['number', '12', 12],
      ['number', ' 1.0 ', new PyFloat(1)],
      ['boolean', 'True', true],
      ['bool', 'false', false],
      ['select', 'a', 'a'],
      ['array[string]', ['a', 1, 'b'], ['a', 'b']],
      ['array[number]', ['1', 2.5, 'x'], [1, 2.5]],
      ['array[boolean]', [true, 'FALSE', 3], [true, false]],
      ['array[object]', [{ a: 1 }, 'x'], [{ a: 1 }]],
    ])('should take %s from %j', async (type, value, expected) => {
      expect(await converted(type, value)).toEqual({ value: expected, ok: 1 });
    });

    it.each<[string, unknown, unknown]>([
      ['string', { a: 1 }, ''],
      ['number', 'many', 0],
      ['boolean', 'perhaps', false],
      ['array[string]', 'a', []],
    ])('should not take %s from %j', async (type, value, zero) => {
      expect(await converted(type, value)).toEqual({ value: zero, ok: 0 });
    });

    it('should not take what is none of the options', async () => {
      expect(await converted('string', 'c', { options: ['a', 'b'] })).toEqual({ value: 'c', ok: 0 });
      expect(await converted('string', 'b', { options: ['a', 'b'] })).toEqual({ value: 'b', ok: 1 });
    });
  });

  it('should fail with the error of the model, and say so in its outputs', async () => {
    const { node, end } = await play(new MockError('no'));

    expect(node).toMatchObject({ status: 'failed', error: 'no', errorType: 'MockError', outputs: { __is_success: 0, __reason: 'no' } });
    expect(end.type).toBe('run_failed');
  });

  it('should know the instruction, what was said before, and files', async () => {
    const { models, node } = await play(call({ city: 'Paris' }), {
      data: {
        instruction: 'for {{#sys.user_id#}}',
        memory: { role_prefix: { user: 'U', assistant: 'A' }, window: { enabled: false } },
        vision: { enabled: true },
      },
      features: ['tool-call', 'vision'],
      facts: { ...testFacts, conversationId: 'c-1' },
      run: { system: { user_id: 'ann', files: [fileValue()] } },
      ports: { memory: new MemoryOf([{ query: 'old?', answer: 'old!' }]), files: new MemoryFiles() },
    });

    expect(models.lastPrompt[0]).toContain('<histories>\nU: old?\nA: old!\n</histories>');
    expect(models.lastPrompt[0]).toContain('<instruction>\nfor ann\n</instruction>');
    expect(models.lastPrompt.at(-1)).toMatch(/^user: \[image\] /);
    expect(node.inputs).toMatchObject({ instruction: 'for ann', files: [{ facts: { filename: 'cat.png' } }] });
  });

  it.each([
    ['', 'parameters.0.name'],
    ['__reason', 'parameters.0.name'],
  ])('should refuse a parameter named %j', (name, field) => {
    const { problems } = testEngine().compile(graph({ parameters: [{ name, type: 'string' }] }));

    expect(problems).toMatchObject([{ level: 'error', nodeId: 'pe', field }]);
  });

  it('should refuse a type that there is not', () => {
    const { problems } = testEngine().compile(graph({ parameters: [{ name: 'x', type: 'date' }] }));

    expect(problems).toMatchObject([{ field: 'parameters.0.type' }]);
  });

  it('should answer a hostile text in bounded time', async () => {
    const { node } = await play('{"a":'.repeat(200_000) + '}'.repeat(100_000));

    expect(node.outputs).toMatchObject({ __is_success: 0 });
    expect(renderText(segmentOf(node.outputs.__is_success))).toBe('0');
  });
});
