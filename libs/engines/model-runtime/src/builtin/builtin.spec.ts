import { PlainTransport, readAll } from '../__fixtures__/vendor-server.js';
import { StandardModelRuntime } from '../runtime/standard-model-runtime.js';
import type { LlmRequest } from '../types/llm.js';
import { BUILTIN_PROVIDER } from './builtin.provider.js';
import { HASH_DIMENSIONS, hashEmbedding } from './hash-embedding.js';

const runtime = new StandardModelRuntime({ http: new PlainTransport() });
const target = { provider: BUILTIN_PROVIDER, model: 'echo-1', credentials: {} };
const ask = (content: string, more: Partial<LlmRequest> = {}) =>
  runtime.invokeLlmBlocking(target, { messages: [{ role: 'user', content }], ...more });
const tool = { name: 'get_time', description: '', parameters: {} };

describe('echo-1', () => {
  it('should say the same to the same prompt, and what it is', async () => {
    const result = await ask('Hello there');

    expect(result.text).toMatch(/^You said: Hello there\n\n.*test model of Baya/);
    expect(await ask('Hello there')).toMatchObject({ text: result.text });
    expect(result).toMatchObject({ finishReason: 'stop', usageEstimated: false });
    expect(result.usage).toMatchObject({ prompt_tokens: 2, total_price: '0' });
  });

  it('should stream word by word what it says at once', async () => {
    const words: string[] = [];
    for await (const batch of runtime.invokeLlm(target, { messages: [{ role: 'user', content: '你好 world' }] }))
      words.push(...batch.map((chunk) => chunk.text));

    expect(words.length).toBeGreaterThan(20);
    expect(words.join('')).toBe((await ask('你好 world')).text);
  });

  it('should find a sentence in the context', async () => {
    const messages: LlmRequest['messages'] = [
      { role: 'system', content: 'Weaver birds build nests. The baya weaver lives in Asia. Penguins swim.' },
      { role: 'user', content: 'Where does the baya weaver live?' },
    ];

    expect((await runtime.invokeLlmBlocking(target, { messages })).text).toMatch(/^From the context: The baya weaver lives in Asia\.\n/);
  });

  it('should call a tool it was told to use, then tell what it answered', async () => {
    const called = await ask('please USE get_time {"zone":"UTC"}', { tools: [tool] });
    expect(called).toMatchObject({
      text: '',
      finishReason: 'tool_calls',
      toolCalls: [{ function: { name: 'get_time', arguments: '{"zone":"UTC"}' } }],
    });

    const messages: LlmRequest['messages'] = [
      { role: 'user', content: 'please USE get_time' },
      called.message,
      { role: 'tool', toolCallId: called.toolCalls[0]?.id ?? '', name: 'get_time', content: 'noon' },
    ];
    expect((await runtime.invokeLlmBlocking(target, { messages, tools: [tool] })).text).toBe('The tool get_time answered: noon');
  });

  it('should not call a tool that is not offered', async () => {
    expect((await ask('USE get_time')).toolCalls).toEqual([]);
  });

  it('should follow a JSON schema', async () => {
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string' },
        count: { type: 'integer', minimum: 3 },
        kind: { enum: ['x', 'y'] },
        tags: { type: 'array', items: { type: 'string' } },
        nested: { type: 'object', properties: { ok: { type: 'boolean' } } },
      },
    };

    const result = await ask('Ada', { structuredOutput: { schema } });

    expect(JSON.parse(result.text)).toEqual({ name: 'Ada', count: 3, kind: 'x', tags: ['Ada'], nested: { ok: true } });
  });

  it('should stop at max_tokens and at stop words', async () => {
    expect(await ask('a b c', { parameters: { max_tokens: 3 } })).toMatchObject({ text: 'You said: a', finishReason: 'length' });
    expect((await ask('a b c', { stop: ['b'] })).text).toBe('You said: a');
  });

  it('should fail when told to', async () => {
    await expect(ask('FAIL 429')).rejects.toMatchObject({ name: 'InvokeRateLimitError', provider: BUILTIN_PROVIDER, model: 'echo-1' });
  });

  it('should end at once when the signal fires in a pause', async () => {
    const stop = new AbortController();
    const reading = readAll(
      runtime.invokeLlm(target, { messages: [{ role: 'user', content: 'slow' }], parameters: { delay_ms: 5000 } }, { signal: stop.signal }),
    );
    setImmediate(() => {
      stop.abort();
    });

    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('hash-384', () => {
  const cosine = (left: string, right: string): number => {
    const vector = hashEmbedding(right);
    return hashEmbedding(left).reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0);
  };

  it.each(['The baya weaver builds nests', '织布鸟筑巢', '', '🙂', 'x'.repeat(10_000)])(
    'should give a vector of length one for %#',
    (text) => {
      const vector = hashEmbedding(text);

      expect(vector).toHaveLength(HASH_DIMENSIONS);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 10);
      expect(hashEmbedding(text)).toEqual(vector);
    },
  );

  it('should not change between releases: stored vectors would be lost', () => {
    expect(
      hashEmbedding('weaver').flatMap((value, index) => (value === 0 ? [] : [`${String(index)}:${value.toFixed(3)}`])),
    ).toMatchSnapshot();
  });

  it('should put texts that share words nearer than others', () => {
    expect(cosine('resetting the password', 'how do I reset my password')).toBeGreaterThan(
      cosine('resetting the password', 'opening hours of the museum') + 0.2,
    );
    expect(cosine('数据库性能优化', '优化数据库的性能')).toBeGreaterThan(cosine('数据库性能优化', '今天天气很好') + 0.2);
  });

  it('should be reached through the runtime', async () => {
    const result = await runtime.embed({ ...target, model: 'hash-384' }, { texts: ['a b', 'c'] });

    expect(result.embeddings).toEqual([hashEmbedding('a b'), hashEmbedding('c')]);
    expect(result.usage.tokens).toBe(3);
  });
});

describe('the built-in provider', () => {
  it('should need no credentials', async () => {
    expect(await runtime.validateProviderCredentials(BUILTIN_PROVIDER, { anything: 'x' })).toEqual({});
  });
});
