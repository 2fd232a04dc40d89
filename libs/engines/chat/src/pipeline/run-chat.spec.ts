import { InvokeRateLimitError } from '#engines/model-runtime';
import type { PromptMessage } from '#engines/model-runtime';
import { NIL_UUID } from '#common';
import { ExternalDataError } from '../chat.errors.js';
import type { HistoryMessage } from '../memory/thread.js';
import { chunksOf, FixedCounter, play, ScriptedModel, textsOf, usageFactory } from '../testing/chat.harness.js';
import { configFactory, DATASET_ID } from '../testing/config.factory.js';
import { fileFactory, InMemoryFileReader } from '../testing/file.factory.js';
import { schemaFactory } from '../testing/schema.factory.js';
import type { Retrieval, RetrievalRequest } from './chat-ports.js';
import { runChat } from './run-chat.js';

const hello = (): ScriptedModel => new ScriptedModel(() => chunksOf(['Hi', ' you'], [' there']));
const datasets = { retrieval_model: 'multiple', datasets: { datasets: [{ dataset: { enabled: true, id: DATASET_ID } }] } };

describe('a streamed turn', () => {
  it('should pass on what came in one read as one array, the empty last chunk included', async () => {
    const { batches, last } = await play({ model: hello() });

    expect(batches.map((batch) => batch.map((event) => (event.type === 'message' ? event.answer : event.type)))).toEqual([
      ['Hi', ' you'],
      [' there'],
      [''],
      ['end'],
    ]);
    expect(last).toMatchObject({
      type: 'end',
      reason: 'finished',
      answer: 'Hi you there',
      storedAnswer: 'Hi you there',
      usageEstimated: false,
    });
  });

  it('should yield no empty arrays', async () => {
    const model = new ScriptedModel(() => [[], [{ text: '' }], [{ text: 'x' }, { text: '' }], ...chunksOf()]);

    const { batches } = await play({ model });

    expect(batches.map((batch) => batch.length)).toEqual([1, 1, 1]);
  });

  it('should end with the usage of the vendor and the latency of the run', async () => {
    const { last } = await play({ model: hello() });

    expect(last.latency).toBe(1);
    expect(last).toMatchObject({
      metadata: { annotation_reply: null, retriever_resources: [], usage: { ...usageFactory(), latency: 1 } },
      usage: { prompt_tokens: 10, completion_tokens: 20, latency: 1 },
    });
  });

  it('should store the prompt it sent', async () => {
    const model = hello();
    const { last } = await play({ model, request: { config: configFactory({ pre_prompt: 'Be {{mood}}' }), inputs: { mood: 'kind' } } });

    expect(model.calls[0]?.messages).toEqual([
      { role: 'system', content: 'Be kind\n' },
      { role: 'user', content: 'Hello' },
    ]);
    expect(last.savedPrompt).toEqual([
      { role: 'system', text: 'Be kind\n', files: [] },
      { role: 'user', text: 'Hello', files: [] },
    ]);
  });

  it('should trim and neutralise what is stored, not what is sent', async () => {
    const { last } = await play({ model: new ScriptedModel(() => chunksOf(['  {{x}}\u0000 \n'])) });

    expect(last).toMatchObject({ answer: '  {{x}}\u0000 \n', storedAnswer: '{x}' });
  });

  it('should hand over parameters, user, mode of the answer and signal, and no stop in simple chats', async () => {
    const model = hello();
    const { signal } = new AbortController();
    const config = configFactory({ model: { provider: 'openai', name: 'm', completion_params: { temperature: 0, stop: ['X'] } } });

    await play({ model, request: { config, user: 'u1' }, signal });

    expect(model.calls[0]).toMatchObject({ parameters: { temperature: 0 }, user: 'u1', stream: true });
    expect(model.calls[0]).not.toHaveProperty('stop');
    expect(model.calls[0]?.signal).toBe(signal);
  });

  it('should send the stops of completion-mode models', async () => {
    const model = new ScriptedModel(() => chunksOf(['x']), schemaFactory({ properties: { mode: 'completion' } }));
    const config = configFactory({ model: { provider: 'openai', name: 'm', completion_params: {} } });

    await play({ model, request: { config } });

    expect(model.calls[0]?.stop).toEqual(['\nHuman:', '</histories>']);
  });

  it('should shorten the answer when tokens are counted and there is no room', async () => {
    const schema = schemaFactory({ properties: { context_size: 100 }, ruleNames: [['max_tokens', null]] });
    const model = new ScriptedModel(() => chunksOf(['x']), schema);
    const config = configFactory({ model: { provider: 'openai', name: 'm', mode: 'chat', completion_params: { max_tokens: 90 } } });

    await play({ model, request: { config }, ports: { tokens: new FixedCounter(50) } });

    expect(model.calls[0]?.parameters).toEqual({ max_tokens: 50 });
  });

  it('should put files before the query', async () => {
    const model = hello();

    await play({ model, request: { files: [fileFactory()] } });

    expect(model.calls[0]?.messages[0]?.content).toMatchObject([
      { type: 'image', detail: 'high' },
      { type: 'text', data: 'Hello' },
    ]);
  });
});

describe('a blocking turn', () => {
  it('should yield the end and nothing else', async () => {
    const model = hello();
    const { events, last } = await play({ model, request: { stream: false } });

    expect(events).toHaveLength(1);
    expect(last).toMatchObject({ type: 'end', answer: 'Hi you there' });
    expect(model.calls[0]?.stream).toBe(false);
  });
});

describe('a completion app', () => {
  it('should make its filled text the user message', async () => {
    const model = hello();
    const config = configFactory({ pre_prompt: 'Translate: {{query}}' }, 'completion');

    const { last } = await play({ model, request: { config, query: '', inputs: { query: 'debug' } } });

    expect(model.calls[0]?.messages).toEqual([{ role: 'user', content: 'Translate: debug\n' }]);
    expect(last.savedPrompt).toEqual([{ role: 'user', text: 'Translate: debug\n', files: [] }]);
  });
});

describe('memory', () => {
  const past = (id: string, parentMessageId: string | null): HistoryMessage => ({
    id,
    parentMessageId,
    query: `q${id}`,
    answer: `a${id}`,
    answerTokens: 1,
    files: [],
  });
  const queries = (messages: readonly PromptMessage[] | undefined): unknown[] => (messages ?? []).map(({ content }) => content);

  it('should not ask for the history of a new conversation', async () => {
    let asked = 0;
    await play({ model: hello(), ports: { history: { latest: () => Promise.resolve((asked += 1) ? [] : []) } } });

    expect(asked).toBe(0);
  });

  it.each([
    ['the linear thread of the service API', NIL_UUID, [past('2', NIL_UUID), past('1', NIL_UUID)], ['q1', 'a1', 'q2', 'a2', 'Hello']],
    ['the branch of the parent', '1', [past('2', '1'), past('1', null)], ['q1', 'a1', 'Hello']],
    ['nothing without a parent', null, [past('1', null)], ['Hello']],
    ['not the message being written', NIL_UUID, [{ ...past('m-new', NIL_UUID), answer: '' }, past('1', NIL_UUID)], ['q1', 'a1', 'Hello']],
  ])('should remember %s', async (_name, parentMessageId, newestFirst, expected) => {
    const model = hello();

    await play({
      model,
      request: { conversation: { parentMessageId } },
      ports: { history: { latest: () => Promise.resolve(newestFirst) } },
    });

    expect(queries(model.calls[0]?.messages)).toEqual(expected);
  });
});

describe('external data tools', () => {
  const tool = (variable: string): object => ({ enabled: true, type: 'api', variable, config: { api_based_extension_id: 'e' } });
  const config = configFactory({ pre_prompt: '{{weather}} {{news}}', external_data_tools: [tool('weather'), tool('news')] });

  it('should ask all at once and put the results into the inputs', async () => {
    const model = hello();
    const started: string[] = [];
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (release = resolve));

    const { last } = await play({
      model,
      request: { config, inputs: { weather: 'old' } },
      ports: {
        externalData: {
          query: async ({ variable }) => {
            started.push(variable);
            if (started.length === 2) release();
            await both;
            return `${variable}!`;
          },
        },
      },
    });

    expect(model.calls[0]?.messages[0]?.content).toBe('weather! news!\n');
    expect(last.inputs).toEqual({ weather: 'weather!', news: 'news!' });
  });

  it('should fail the run when one fails', async () => {
    const model = hello();
    const { last } = await play({
      model,
      request: { config },
      ports: { externalData: { query: () => Promise.reject(new Error('request timeout')) } },
    });

    expect(last).toMatchObject({ type: 'error', answer: '', savedPrompt: [] });
    expect((last as { error: unknown }).error).toEqual(new ExternalDataError('weather', new Error('request timeout')));
    expect(model.calls).toHaveLength(0);
  });
});

describe('context', () => {
  const found: Retrieval = {
    documents: [
      { content: 'low', score: 0.1 },
      { content: 'none', score: null },
      { content: 'Q', answer: 'A', score: 0.9, summary: 'S', files: [fileFactory({ filename: 'seg.png' })] },
    ],
    resources: [{ segment_id: 's1' }, { segment_id: 's2', position: 7 }],
  };
  const run = async (
    document: object,
    mode: 'chat' | 'completion' = 'chat',
    features: 'vision'[] | null = null,
  ): Promise<{ model: ScriptedModel; asked: RetrievalRequest[]; events: unknown[]; last: unknown }> => {
    const model = new ScriptedModel(() => chunksOf(['x']), schemaFactory({ features }));
    const asked: RetrievalRequest[] = [];
    const { events, last } = await play({
      model,
      request: { config: configFactory(document, mode), inputs: { topic: 'bees' } },
      ports: { retriever: { retrieve: (request) => (asked.push(request), Promise.resolve(found)) } },
    });
    return { model, asked, events, last };
  };

  it('should ask with the query and put the best first into the prompt', async () => {
    const { model, asked } = await run({ dataset_configs: datasets });

    expect(asked).toMatchObject([{ query: 'Hello', datasets: { datasetIds: [DATASET_ID] } }]);
    expect(model.calls[0]?.messages[0]?.content).toContain('<context>\nS\nquestion:Q answer:A\nlow\nnone\n</context>');
  });

  it('should announce and store numbered sources', async () => {
    const { events, last } = await run({ dataset_configs: datasets });
    const resources = [
      { segment_id: 's1', position: 1 },
      { segment_id: 's2', position: 2 },
    ];

    expect(events[0]).toEqual({ type: 'retriever_resources', resources });
    expect(last).toMatchObject({ metadata: { retriever_resources: resources } });
  });

  it('should keep sources to itself where the app does not show them', async () => {
    const { events, last } = await run({ dataset_configs: datasets, retriever_resource: { enabled: false } });

    expect(events[0]).toMatchObject({ type: 'message' });
    expect(last).toMatchObject({ metadata: { retriever_resources: [] } });
  });

  it.each([
    [null, 'string'],
    [['vision' as const], 'object'],
  ])('should send pictures of segments to models with %j as %s', async (features, kind) => {
    const { model } = await run({ dataset_configs: datasets }, 'chat', features);

    expect(typeof model.calls[0]?.messages.at(-1)?.content).toBe(kind);
  });

  it('should ask with an input in completion apps, and not at all when it is empty', async () => {
    expect((await run({ dataset_configs: datasets, dataset_query_variable: 'topic' }, 'completion')).asked).toMatchObject([
      { query: 'bees' },
    ]);

    const { asked, model } = await run({ dataset_configs: datasets, dataset_query_variable: 'nope' }, 'completion');
    expect(asked).toEqual([]);
    expect(model.calls[0]?.messages[0]?.content).toContain('<context>\n\n</context>');
  });

  it('should have no context block without datasets', async () => {
    const { asked, model } = await run({ pre_prompt: 'P' });

    expect(asked).toEqual([]);
    expect(model.calls[0]?.messages[0]?.content).toBe('P\n');
  });
});

describe('a model that fails', () => {
  it('should end with an error that keeps what was written', async () => {
    const error = new InvokeRateLimitError({ message: 'slow down', upstreamStatus: 429 });
    const model = new ScriptedModel(async function* () {
      yield [{ text: 'Hi ' }];
      await Promise.resolve();
      throw error;
    });

    const { events, last } = await play({ model });

    expect(textsOf(events)).toEqual(['Hi ']);
    expect(last).toMatchObject({ type: 'error', error, answer: 'Hi ', storedAnswer: 'Hi', usage: { total_tokens: 0 } });
    expect(last.savedPrompt).toHaveLength(1);
  });

  it('should end with an error when it throws at once', async () => {
    const error = new Error('no such model');
    const { last } = await play({
      model: {
        schema: null,
        invoke: () => {
          throw error;
        },
      },
    });

    expect(last).toMatchObject({ type: 'error', error });
  });

  it('should price what a model wrote that reported no usage', async () => {
    const model = new ScriptedModel(() => [[{ text: 'Hi' }]]);

    const { last } = await play({ model });

    expect(last).toMatchObject({ type: 'end', usage: { prompt_tokens: 0, total_tokens: 0, total_price: '0' } });
  });
});

describe('a consumer that leaves', () => {
  it('should let the model go', async () => {
    const model = new ScriptedModel(() => chunksOf(['a'], ['b']));
    const events = runChat(
      { messageId: 'm', config: configFactory(), stream: true, inputs: {}, query: 'q', files: [], conversation: null },
      {
        clock: { now: () => 0 },
        sleep: () => Promise.resolve(),
        model,
        files: new InMemoryFileReader(),
        history: { latest: () => Promise.resolve([]) },
      },
      new AbortController().signal,
    );

    await events.next();
    await events.return();

    expect(model.closed).toBe(1);
  });
});
