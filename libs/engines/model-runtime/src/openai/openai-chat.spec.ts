import { HELLO, textOf, useVendor } from '../__fixtures__/vendor-lab.js';
import { chatEvent, DONE, usageEvent } from '../__fixtures__/vendor-server.js';
import { StandardModelRuntime } from '../runtime/standard-model-runtime.js';
import { ToolCallCollector } from '../runtime/tool-calls.js';
import type { LlmChunk } from '../types/llm.js';

const { vendor, http, runtime, target, read } = useVendor();

describe('a chat stream', () => {
  it('should give the text, and reason and usage in the last chunk only', async () => {
    vendor.answersStream([
      chatEvent({ role: 'assistant', content: '' }),
      chatEvent({ content: 'Hel' }) + chatEvent({ content: 'lo' }),
      chatEvent({}, { finish_reason: 'stop' }),
      usageEvent(7, 2),
      DONE,
    ]);

    const chunks = await read();

    expect(textOf(chunks)).toBe('Hello');
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === undefined && chunk.finishReason === undefined)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ text: '', finishReason: 'stop', usageEstimated: false });
    expect(chunks.at(-1)?.usage).toMatchObject({
      prompt_tokens: 7,
      completion_tokens: 2,
      total_tokens: 9,
      total_price: '0',
      time_to_first_token: null,
    });
  });

  it('should give what came in one read as one array', async () => {
    vendor.answersStream([
      chatEvent({ content: 'a' }) + chatEvent({ content: 'b' }) + chatEvent({ content: 'c' }, { finish_reason: 'stop' }) + DONE,
    ]);

    const batches: LlmChunk[][] = [];
    for await (const batch of runtime.invokeLlm(target(), HELLO)) batches.push(batch);

    expect(batches[0]?.map((chunk) => chunk.text)).toEqual(['a', 'b', 'c']);
  });

  it('should count the usage itself, and say so, when the vendor reports none', async () => {
    vendor.answersStream([chatEvent({ content: 'Hello world' }, { finish_reason: 'stop' }), DONE]);

    const last = (await read()).at(-1);

    expect(last?.usageEstimated).toBe(true);
    expect(last?.usage?.completion_tokens).toBe(2);
    expect(last?.usage?.prompt_tokens).toBeGreaterThan(3);
    expect(JSON.stringify(last?.usage)).not.toContain('estimated');
  });

  it('should read the usage inside a choice, as one vendor has it', async () => {
    const choice = { index: 0, delta: {}, finish_reason: 'stop', usage: { prompt_tokens: 3, completion_tokens: 4 } };
    vendor.answersStream([chatEvent({ content: 'x' }), `data: ${JSON.stringify({ choices: [choice] })}\n\n`, DONE]);

    expect((await read()).at(-1)?.usage).toMatchObject({ prompt_tokens: 3, completion_tokens: 4 });
  });

  it.each(['reasoning_content', 'reasoning'])('should put %s into the text, inside think tags', async (field) => {
    vendor.answersStream([
      chatEvent({ [field]: 'I ' }),
      chatEvent({ [field]: 'think' }),
      chatEvent({ content: 'so' }),
      chatEvent({ content: ' I am' }, { finish_reason: 'stop' }),
      DONE,
    ]);

    expect(textOf(await read())).toBe('<think>\nI think\n</think>so I am');
  });

  it('should keep reasoning apart when asked to', async () => {
    vendor.answersStream([chatEvent({ reasoning_content: 'hm' }), chatEvent({ content: 'yes' }, { finish_reason: 'stop' }), DONE]);

    const chunks = await read({ reasoning: 'separated' });

    expect(textOf(chunks)).toBe('yes');
    expect(chunks.map((chunk) => chunk.reasoning ?? '').join('')).toBe('hm');
  });

  it('should close a thought that the answer does not follow', async () => {
    vendor.answersStream([chatEvent({ reasoning_content: 'hm' }), chatEvent({}, { finish_reason: 'length' }), DONE]);

    expect(textOf(await read())).toBe('<think>\nhm\n</think>');
  });

  it('should leave tags that the model writes itself', async () => {
    vendor.answersStream([chatEvent({ content: '<think>a</think>b' }, { finish_reason: 'stop' }), DONE]);

    expect(textOf(await read({ reasoning: 'separated' }))).toBe('<think>a</think>b');
  });

  it('should put characters together that two reads cut', async () => {
    const bytes = Buffer.from(chatEvent({ content: '日本🙂' }, { finish_reason: 'stop' }) + DONE);
    const cut = bytes.indexOf(Buffer.from('本')) + 1;
    vendor.answersStream([bytes.subarray(0, cut), bytes.subarray(cut)]);

    expect(textOf(await read())).toBe('日本🙂');
  });

  it('should measure times when asked to', async () => {
    vendor.answersStream([chatEvent({ content: 'a' }), chatEvent({ content: 'b' }, { finish_reason: 'stop' }), DONE]);
    const ticks = [1000, 1250.4, 2000.6];
    const timed = new StandardModelRuntime({ http, now: () => ticks.shift() ?? 2000.6 });

    const chunks: LlmChunk[] = [];
    for await (const batch of timed.invokeLlm(target(), HELLO, { measureTimes: true })) chunks.push(...batch);

    expect(chunks.at(-1)?.usage).toMatchObject({ latency: 1.001, time_to_first_token: 0.25, time_to_generate: 0.75 });
  });

  it('should take a whole answer in place of a stream', async () => {
    vendor.answersJson({
      choices: [{ message: { content: 'all at once' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 3 },
    });

    const chunks = await read();

    expect(textOf(chunks)).toBe('all at once');
    expect(chunks.at(-1)?.usage?.total_tokens).toBe(4);
  });

  it('should use the socket again after an answer that was read to its last event', async () => {
    vendor.answersStream([chatEvent({ content: 'a' }, { finish_reason: 'stop' }), DONE]);
    for (let call = 0; call < 3; call += 1) await read();

    expect(new Set(vendor.received.map((request) => request.socketPort)).size).toBeLessThan(3);
  });
});

describe('tool calls of a stream', () => {
  async function collect(events: readonly string[]): Promise<unknown[]> {
    vendor.answersStream([...events, chatEvent({}, { finish_reason: 'tool_calls' }), DONE]);
    const collector = new ToolCallCollector();
    for (const chunk of await read()) collector.add(chunk.toolCalls ?? []);
    return collector.calls.map((call) => [call.id, call.function.name, call.function.arguments]);
  }
  const piece = (...toolCalls: unknown[]): string => chatEvent({ tool_calls: toolCalls });

  it('should join the pieces of two calls by index', async () => {
    const calls = await collect([
      piece({ index: 0, id: 'a', type: 'function', function: { name: 'one', arguments: '' } }),
      piece({ index: 1, id: 'b', function: { name: 'two', arguments: '{"x"' } }),
      piece({ index: 0, function: { arguments: '{}' } }, { index: 1, function: { arguments: ':1}' } }),
    ]);

    expect(calls).toEqual([
      ['a', 'one', '{}'],
      ['b', 'two', '{"x":1}'],
    ]);
  });

  it('should give an id to a call without one and send what follows to it', async () => {
    const calls = await collect([piece({ function: { name: 'one', arguments: '{' } }), piece({ function: { arguments: '}' } })]);

    expect(calls).toEqual([[expect.stringMatching(/^chatcmpl-tool-[0-9a-f]{32}$/), 'one', '{}']]);
  });

  it('should take ids that are numbers, arguments that are objects, and an id repeated in each piece', async () => {
    const calls = await collect([
      piece({ index: 0, id: 7, function: { name: 'one', arguments: { a: 1 } } }),
      piece({ index: 0, id: 'r', function: { name: 'two', arguments: '{' } }),
      piece({ index: 0, id: 'r', function: { name: 'two', arguments: '}' } }),
    ]);

    expect(calls).toEqual([
      ['7', 'one', '{"a":1}'],
      ['r', 'two', '{}'],
    ]);
  });

  it('should read the older form', async () => {
    const calls = await collect([
      chatEvent({ function_call: { name: 'one', arguments: '{' } }),
      chatEvent({ function_call: { arguments: '}' } }),
    ]);

    expect(calls).toEqual([[expect.stringMatching(/^chatcmpl-tool-/), 'one', '{}']]);
  });

  it('should refuse a piece before any call', async () => {
    await expect(collect([piece({ function: { arguments: '}' } })])).rejects.toThrow('before the call itself');
  });
});

describe('a whole answer', () => {
  it('should have message, tool calls, reason and usage', async () => {
    const toolCalls = [{ id: 'call_1', type: 'function', function: { name: 'now', arguments: '{}' } }];
    vendor.answersJson({
      choices: [{ message: { content: null, tool_calls: toolCalls }, finish_reason: 'tool_calls' }],
      usage: { prompt_tokens: 5, completion_tokens: 1 },
      system_fingerprint: 'fp',
    });

    const result = await runtime.invokeLlmBlocking(target(), HELLO);

    expect(vendor.received[0]?.json.stream).toBe(false);
    expect(result).toMatchObject({
      model: 'mock-chat',
      text: '',
      toolCalls,
      finishReason: 'tool_calls',
      systemFingerprint: 'fp',
      usageEstimated: false,
    });
    expect(result.message).toEqual({ role: 'assistant', content: '', toolCalls });
    expect(result.usage.total_tokens).toBe(6);
  });

  it('should be put together from a stream when asked to', async () => {
    vendor.answersStream([chatEvent({ content: 'Hel' }), chatEvent({ content: 'lo' }, { finish_reason: 'stop' }), usageEvent(1, 2), DONE]);

    const result = await runtime.invokeLlmBlocking(target(), HELLO, { stream: true });

    expect(vendor.received[0]?.json.stream).toBe(true);
    expect(result).toMatchObject({ text: 'Hello', finishReason: 'stop' });
    expect(result.usage.total_tokens).toBe(3);
  });

  it('should come as one chunk when a stream is not wanted', async () => {
    vendor.answersJson({ choices: [{ message: { content: 'Hi', reasoning_content: 'hm' }, finish_reason: 'stop' }] });

    const chunks = await read({ stream: false });

    expect(chunks).toHaveLength(1);
    expect(chunks[0]).toMatchObject({ text: '<think>\nhm\n</think>Hi', finishReason: 'stop', usageEstimated: true });
  });

  it.each([{}, { choices: [] }, [], 'text', null])('should throw an error of the family for the answer %j', async (answer) => {
    vendor.answersJson(answer);

    await expect(runtime.invokeLlmBlocking(target(), HELLO)).rejects.toMatchObject({ name: 'InvokeError' });
  });
});
