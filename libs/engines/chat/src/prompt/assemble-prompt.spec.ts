import type { ContentPart, PromptMessage } from '#engines/model-runtime';
import type { ModelConfigDocument } from '../config/model-config-document.js';
import type { EasyAppMode } from '../config/app-mode.js';
import { PromptMemory } from '../memory/prompt-memory.js';
import type { HistoryMessage } from '../memory/thread.js';
import { configFactory, MODEL } from '../testing/config.factory.js';
import { assemblePrompt } from './assemble-prompt.js';
import type { AssembledPrompt, PromptSource } from './assemble-prompt.js';
import { COMMON_RULES } from './rule-sets.js';

const PICTURE: ContentPart = { type: 'image', format: 'png', mimeType: 'image/png', base64Data: 'AA' };
const HISTORY: HistoryMessage[] = [{ id: 'm1', parentMessageId: null, query: 'first', answer: 'one', answerTokens: 1, files: [] }];
const PAST: PromptMessage[] = [
  { role: 'user', content: 'first' },
  { role: 'assistant', content: 'one' },
];
const memory = new PromptMemory({ newestFirst: HISTORY, schema: null, parameters: {} });

interface Case extends Partial<Omit<PromptSource, 'config'>> {
  mode?: EasyAppMode;
  document?: ModelConfigDocument;
}

function assemble({ mode = 'chat', document = {}, ...source }: Case): Promise<AssembledPrompt> {
  const config = configFactory(document, mode);
  return assemblePrompt({ config, modelMode: 'chat', inputs: {}, query: 'Hello', parts: [], context: null, memory: null, ...source });
}

const block = (context: string): string => COMMON_RULES.contextBlock.replace('{{#context#}}', context);

describe('a simple prompt for a chat model', () => {
  it('should be the filled pre-prompt and the query, without stops', async () => {
    const prompt = await assemble({ document: { pre_prompt: 'You are {{role}}.' }, inputs: { role: 'a poet' } });

    expect(prompt).toEqual({
      messages: [
        { role: 'system', content: 'You are a poet.\n' },
        { role: 'user', content: 'Hello' },
      ],
      stop: null,
    });
  });

  it.each<[unknown, string]>([
    [null, 'None'],
    [true, 'True'],
    [5, '5'],
    ['{{other}}', '{other}'],
    ['<|im_end|>x', 'x'],
  ])('should write the input %j as %j (trace console/chat-logs)', async (value, text) => {
    const prompt = await assemble({ document: { pre_prompt: '{{v}} {{unknown}}' }, inputs: { v: value as string, other: 'no' } });

    expect(prompt.messages[0]?.content).toBe(`${text} {{unknown}}\n`);
  });

  it('should have no system message without text and context', async () => {
    expect((await assemble({})).messages).toEqual([{ role: 'user', content: 'Hello' }]);
  });

  it.each([
    [null, 'P\n'],
    ['', `${block('')}P\n`],
    ['Bees fly. {{p}}', `${block('Bees fly. {p}')}P\n`],
  ])('should tell context null from empty: %j', async (context, system) => {
    expect((await assemble({ document: { pre_prompt: 'P' }, context })).messages[0]).toEqual({ role: 'system', content: system });
  });

  it('should make the text the user message when there is no query', async () => {
    const prompt = await assemble({ mode: 'completion', document: { pre_prompt: 'Translate: {{q}}' }, inputs: { q: 'debug' }, query: '' });

    expect(prompt.messages).toEqual([{ role: 'user', content: 'Translate: debug\n' }]);
  });

  it('should put history between system and query, and files before the text of the query', async () => {
    const prompt = await assemble({ document: { pre_prompt: 'P' }, memory, parts: [PICTURE] });

    expect(prompt.messages).toEqual([
      { role: 'system', content: 'P\n' },
      ...PAST,
      { role: 'user', content: [PICTURE, { type: 'text', data: 'Hello' }] },
    ]);
  });

  it('should use the Chinese rules for Baichuan', async () => {
    const document = { model: { ...MODEL, provider: 'x/y/z', name: 'm' } };
    const config = { ...configFactory(document), model: { ...configFactory(document).model, provider: 'baichuan' } };

    const prompt = await assemblePrompt({
      config,
      modelMode: 'completion',
      inputs: {},
      query: 'Hi',
      parts: [],
      context: 'C',
      memory: null,
    });

    expect(prompt.messages[0]?.content).toContain('用户：Hi');
    expect(prompt.stop).toContain('用户：');
  });
});

describe('a simple prompt for a completion model', () => {
  it('should append the query with role names and stops in a chat app', async () => {
    const prompt = await assemble({ modelMode: 'completion', document: { pre_prompt: 'P' } });

    expect(prompt).toEqual({
      messages: [{ role: 'user', content: 'P\n\n\nHuman: Hello\n\nAssistant: ' }],
      stop: ['\nHuman:', '</histories>'],
    });
  });

  it('should append the bare query without stops in a completion app', async () => {
    const prompt = await assemble({ modelMode: 'completion', mode: 'completion', document: { pre_prompt: 'P' }, query: 'Q' });

    expect(prompt).toEqual({ messages: [{ role: 'user', content: 'P\nQ' }], stop: null });
  });

  it('should put a histories block between text and query', async () => {
    const prompt = await assemble({ modelMode: 'completion', document: { pre_prompt: 'P' }, context: 'C', memory });

    const text = prompt.messages[0]?.content as string;
    const order = ['<context>\nC\n</context>', 'P\n', '<histories>\nHuman: first\nAssistant: one\n</histories>', 'Human: Hello'].map(
      (part) => text.indexOf(part),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('should not let the query name a variable', async () => {
    const prompt = await assemble({
      modelMode: 'completion',
      document: { pre_prompt: 'P' },
      query: '{{#context#}} {{role}}',
      inputs: { role: 'x' },
      context: 'SECRET',
    });

    expect((prompt.messages[0]?.content as string).match(/SECRET/g)).toHaveLength(1);
    expect(prompt.messages[0]?.content).toContain('{#context#} {role}');
  });
});

describe('an expert prompt for a chat model', () => {
  const document: ModelConfigDocument = {
    prompt_type: 'advanced',
    model: { ...MODEL, completion_params: { stop: ['END'] } },
    chat_prompt_config: {
      prompt: [
        { role: 'system', text: 'Use {{#context#}} as {{role}}' },
        { role: 'system', text: '{{empty}}' },
        { role: 'user', text: '{{empty}}' },
        { role: 'assistant', text: 'ok' },
      ],
    },
  };
  const inputs = { role: 'x', empty: null };

  it('should fill every message, drop empty system messages and append the query', async () => {
    expect(await assemble({ document, inputs, context: 'C' })).toEqual({
      messages: [
        { role: 'system', content: 'Use C as x' },
        { role: 'user', content: '' },
        { role: 'assistant', content: 'ok' },
        { role: 'user', content: 'Hello' },
      ],
      stop: ['END'],
    });
  });

  it('should write no context as nothing', async () => {
    expect((await assemble({ document, inputs })).messages[0]?.content).toBe('Use  as x');
  });

  it('should put history before the query', async () => {
    const { messages } = await assemble({ document, inputs, memory, parts: [PICTURE] });

    expect(messages.slice(-3)).toEqual([...PAST, { role: 'user', content: [PICTURE, { type: 'text', data: 'Hello' }] }]);
  });

  it('should merge files into the last user message when there is no query', async () => {
    const config = { ...document, chat_prompt_config: { prompt: [{ role: 'user', text: 'Look' }] } };

    expect((await assemble({ document: config, mode: 'completion', query: '', parts: [PICTURE] })).messages).toEqual([
      { role: 'user', content: [PICTURE, { type: 'text', data: 'Look' }] },
    ]);
  });

  it('should give files a message of their own when the last one is not the user', async () => {
    const { messages } = await assemble({ document, inputs, mode: 'completion', query: '', parts: [PICTURE] });

    expect(messages.at(-1)).toEqual({ role: 'user', content: [PICTURE, { type: 'text', data: '' }] });
  });
});

describe('an expert prompt for a completion model', () => {
  const document: ModelConfigDocument = {
    prompt_type: 'advanced',
    model: { ...MODEL, completion_params: { stop: ['X'] } },
    completion_prompt_config: {
      prompt: { text: '{{#context#}}|{{#histories#}}|{{role}}|{{#query#}}' },
      conversation_histories_role: { user_prefix: 'U', assistant_prefix: 'A' },
    },
  };

  it('should fill context, histories, inputs and query', async () => {
    expect(await assemble({ document, modelMode: 'completion', inputs: { role: 'r' }, context: 'C', memory })).toEqual({
      messages: [{ role: 'user', content: 'C|U: first\nA: one|r|Hello' }],
      stop: ['X'],
    });
  });

  it('should write what is missing as nothing', async () => {
    expect((await assemble({ document, modelMode: 'completion' })).messages).toEqual([{ role: 'user', content: '||{{role}}|Hello' }]);
  });

  it('should fail with what to do when the app has no such prompt', async () => {
    await expect(assemble({ document: { ...document, completion_prompt_config: {} }, modelMode: 'completion' })).rejects.toThrow(
      'save its configuration',
    );
  });
});
