import { useVendor } from '../__fixtures__/vendor-lab.js';
import { readAll, readFirst } from '../__fixtures__/vendor-server.js';
import { ToolCallCollector } from '../runtime/tool-calls.js';
import type { LlmChunk, LlmRequest } from '../types/llm.js';

const HELLO: LlmRequest = { messages: [{ role: 'user', content: 'hi' }], parameters: { max_tokens: 100 } };

const { vendor, runtime } = useVendor();

const target = () => ({
  provider: 'anthropic',
  model: 'claude-sonnet-4-20250514',
  credentials: { anthropic_api_key: 'sk-ant-secret', anthropic_api_url: vendor.url },
});

const event = (data: Record<string, unknown>): string => `event: ${String(data.type)}\ndata: ${JSON.stringify(data)}\n\n`;
const start = event({
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 12, output_tokens: 1 },
  },
});
const block = (index: number, opened: Record<string, unknown>, ...deltas: Record<string, unknown>[]): string =>
  [
    event({ type: 'content_block_start', index, content_block: opened }),
    ...deltas.map((delta) => event({ type: 'content_block_delta', index, delta })),
    event({ type: 'content_block_stop', index }),
  ].join('');
const end = (stop_reason: string): string =>
  event({ type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 9 } }) +
  event({ type: 'message_stop' });

async function read(request = HELLO): Promise<LlmChunk[]> {
  const chunks: LlmChunk[] = [];
  for await (const batch of runtime.invokeLlm(target(), request)) chunks.push(...batch);
  return chunks;
}

describe('Anthropic', () => {
  it('should stream thoughts and text, then reason and priced usage', async () => {
    vendor.answersStream([
      start,
      block(0, { type: 'thinking', thinking: '' }, { type: 'thinking_delta', thinking: 'hm' }, { type: 'signature_delta', signature: 's' }),
      block(1, { type: 'text', text: '' }, { type: 'text_delta', text: 'Hello' }, { type: 'text_delta', text: ' you' }),
      end('end_turn'),
    ]);

    const chunks = await read();

    expect(chunks.map((chunk) => chunk.text).join('')).toBe('<think>\nhm\n</think>Hello you');
    expect(chunks.at(-1)).toMatchObject({ finishReason: 'stop', usageEstimated: false });
    expect(chunks.at(-1)?.usage).toMatchObject({
      prompt_tokens: 12,
      completion_tokens: 9,
      prompt_unit_price: '3.00',
      total_price: '0.0001710',
    });
  });

  it('should ask in the words of the vendor', async () => {
    vendor.answersStream([start, block(0, { type: 'text', text: '' }, { type: 'text_delta', text: 'ok' }), end('end_turn')]);

    await read({
      messages: [
        { role: 'system', content: 'Be kind' },
        {
          role: 'user',
          content: [
            { type: 'image', format: 'png', mimeType: 'image/png', base64Data: 'AAAA' },
            { type: 'text', data: 'what?' },
          ],
        },
        { role: 'assistant', content: '', toolCalls: [{ id: 'c1', type: 'function', function: { name: 'now', arguments: '{"z":1}' } }] },
        { role: 'tool', toolCallId: 'c1', content: 'noon' },
      ],
      parameters: { max_tokens: 100, temperature: 0.5, prompt_caching_system_message: true },
      tools: [{ name: 'now', description: 'time', parameters: { type: 'object', properties: {} } }],
      stop: ['END'],
      user: 'u-1',
    });

    const [received] = vendor.received;
    expect(received?.path).toBe('/v1/messages');
    expect(received?.headers).toMatchObject({ 'x-api-key': 'sk-ant-secret', 'anthropic-version': '2023-06-01' });
    expect(received?.json).toMatchObject({
      model: 'claude-sonnet-4-20250514',
      max_tokens: 100,
      temperature: 0.5,
      stop_sequences: ['END'],
      stream: true,
      metadata: { user_id: 'u-1' },
      system: [{ type: 'text', text: 'Be kind', cache_control: { type: 'ephemeral' } }],
      tools: [{ name: 'now', description: 'time' }],
    });
    expect(received?.json.messages).toMatchObject([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          { type: 'text', text: 'what?' },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'now', input: { z: 1 } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1' }] },
    ]);
  });

  it('should stream tool calls', async () => {
    vendor.answersStream([
      start,
      block(
        0,
        { type: 'tool_use', id: 'toolu_1', name: 'now', input: {} },
        { type: 'input_json_delta', partial_json: '{"zone"' },
        { type: 'input_json_delta', partial_json: ':"UTC"}' },
      ),
      end('tool_use'),
    ]);
    const collector = new ToolCallCollector();

    const chunks = await read({ ...HELLO, tools: [{ name: 'now', description: '', parameters: { type: 'object', properties: {} } }] });
    for (const chunk of chunks) collector.add(chunk.toolCalls ?? []);

    expect(collector.calls).toEqual([{ id: 'toolu_1', type: 'function', function: { name: 'now', arguments: '{"zone":"UTC"}' } }]);
    expect(chunks.at(-1)?.finishReason).toBe('tool_calls');
  });

  it('should give a whole answer', async () => {
    vendor.answersJson({
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude',
      content: [
        { type: 'text', text: 'Hello' },
        { type: 'tool_use', id: 't1', name: 'now', input: { a: 1 } },
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      usage: { input_tokens: 3, output_tokens: 4 },
    });

    const result = await runtime.invokeLlmBlocking(target(), HELLO);

    expect(result).toMatchObject({
      text: 'Hello',
      finishReason: 'tool_calls',
      toolCalls: [{ id: 't1', function: { name: 'now', arguments: '{"a":1}' } }],
    });
    expect(result.usage.total_tokens).toBe(7);
  });

  it.each([
    [401, { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } }, 'InvokeAuthorizationError'],
    [429, { type: 'error', error: { type: 'rate_limit_error', message: 'slow' } }, 'InvokeRateLimitError'],
    [529, { type: 'error', error: { type: 'overloaded_error', message: 'busy' } }, 'InvokeServerUnavailableError'],
  ])('should read the error of status %i', async (status, body, name) => {
    vendor.answersJson(body, status, { 'retry-after': '1' });

    await expect(read()).rejects.toMatchObject({ name, upstreamStatus: status, retryAfterMs: 1000, vendorCode: body.error.type });
    await expect(runtime.invokeLlmBlocking(target(), HELLO)).rejects.toMatchObject({ name });
  });

  it('should throw an error in mid-stream after what came before', async () => {
    const opened = event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
    const delta = event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'half' } });
    vendor.answersStream([start + opened + delta, event({ type: 'error', error: { type: 'overloaded_error', message: 'busy' } })]);
    let text = '';

    const reading = (async () => {
      for await (const batch of runtime.invokeLlm(target(), HELLO)) text += batch.map((chunk) => chunk.text).join('');
    })();

    await expect(reading).rejects.toMatchObject({
      name: 'InvokeServerUnavailableError',
      message: expect.stringContaining('busy') as string,
    });
    expect(text).toBe('half');
  });

  it.each(['end', 'destroy'] as const)('should throw a connection error when the socket closes too early (%s)', async (how) => {
    const opened = event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
    vendor.answersStream([start + opened], how);

    await expect(read()).rejects.toMatchObject({ name: 'InvokeConnectionError' });
  });

  it('should close the socket when the signal fires, and when the reader leaves', async () => {
    const opened = event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
    const delta = event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'more' } });
    vendor.answers((response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(start + opened + delta));
    const stop = new AbortController();
    const reason = new Error('stopped');

    const reading = readAll(runtime.invokeLlm(target(), HELLO, { signal: stop.signal }), () => {
      stop.abort(reason);
    });
    await expect(reading).rejects.toBe(reason);
    await readFirst(runtime.invokeLlm(target(), HELLO));

    await Promise.all(vendor.received.map((received) => received.hungUp));
    expect(vendor.received).toHaveLength(2);
  });

  it('should prove a key by the list of models', async () => {
    vendor.answersJson({ data: [] });
    const values = { anthropic_api_key: 'sk-ant-secret', anthropic_api_url: vendor.url };

    expect(await runtime.validateProviderCredentials('anthropic', values)).toEqual(values);
    expect(vendor.received[0]).toMatchObject({ path: '/v1/models', method: 'GET' });

    vendor.answersJson({ error: { message: 'no' } }, 401);
    await expect(runtime.validateProviderCredentials('anthropic', values)).rejects.toMatchObject({ name: 'CredentialsValidateError' });
  });
});
