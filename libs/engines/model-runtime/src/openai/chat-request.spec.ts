import { useVendor } from '../__fixtures__/vendor-lab.js';
import type { LlmRequest } from '../types/llm.js';
import type { PromptTool } from '../types/prompt-message.js';

const tool: PromptTool = { name: 'now', description: 'The time', parameters: { type: 'object', properties: {} } };

const { vendor, runtime } = useVendor();

async function sent(
  credentials: Record<string, string>,
  request: Partial<LlmRequest> = {},
  options: { model?: string; provider?: string } = {},
): Promise<{ path: string; headers: Record<string, unknown>; body: Record<string, unknown> }> {
  vendor.answersJson({ choices: [{ message: { content: 'ok' }, text: 'ok', finish_reason: 'stop' }] });
  const { provider = 'openai_api_compatible', model = 'mock' } = options;
  const urls = { endpoint_url: `${vendor.url}/v1`, base_url: vendor.url, openai_api_base: vendor.url };
  const target = { provider, model, credentials: { ...urls, ...credentials } };
  await runtime.invokeLlmBlocking(target, { messages: [{ role: 'user', content: 'hi' }], ...request }, { stream: true });
  const [received] = vendor.received;
  return { path: received?.path ?? '', headers: received?.headers ?? {}, body: received?.json ?? {} };
}

describe('what is sent to an OpenAI-compatible server', () => {
  it('should carry key, model, messages and the wish for usage', async () => {
    const { path, headers, body } = await sent({ api_key: 'sk-1' }, { stop: ['END'], user: 'u-1' });

    expect(path).toBe('/v1/chat/completions');
    expect(headers.authorization).toBe('Bearer sk-1');
    expect(body).toEqual({
      model: 'mock',
      messages: [{ role: 'user', content: 'hi' }],
      stream: true,
      stream_options: { include_usage: true },
      stop: ['END'],
      user: 'u-1',
    });
  });

  it('should follow the switches of the form', async () => {
    const form = {
      endpoint_model_name: 'real-name',
      stream_include_usage: 'disabled',
      user_identity_support: 'no_support',
      token_param_name: 'max_completion_tokens',
    };
    const { body, headers } = await sent(form, { user: 'u-1', parameters: { max_tokens: 100 } });

    expect(body).toEqual({ model: 'real-name', messages: [{ role: 'user', content: 'hi' }], stream: true, max_completion_tokens: 100 });
    expect(headers.authorization).toBeUndefined();
  });

  it('should ask completions for models of that mode', async () => {
    const { path, body } = await sent({ mode: 'completion' }, { messages: [{ role: 'user', content: 'Once upon' }], tools: [tool] });

    expect(path).toBe('/v1/completions');
    expect(body.prompt).toBe('Once upon');
    expect(body).not.toHaveProperty('tools');
  });

  it.each([
    ['tool_call', { tools: [{ type: 'function', function: tool }], tool_choice: 'auto' }],
    ['function_call', { functions: [tool] }],
  ])('should offer tools as %s', async (style, fields) => {
    expect((await sent({ function_calling_type: style }, { tools: [tool] })).body).toMatchObject(fields);
  });

  it('should not offer tools to a model that takes none', async () => {
    expect((await sent({ function_calling_type: 'no_call' }, { tools: [tool] })).body).not.toHaveProperty('tools');
  });

  it('should send pictures, sound, films and documents in their places', async () => {
    const { body } = await sent(
      {},
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', format: 'png', mimeType: 'image/png', base64Data: 'AAA', detail: 'high' },
              { type: 'audio', format: 'mp3', mimeType: 'audio/mpeg', base64Data: 'BBB' },
              { type: 'video', format: 'mp4', mimeType: 'video/mp4', url: 'https://files/x.mp4' },
              { type: 'document', format: 'pdf', mimeType: 'application/pdf', base64Data: 'CCC', filename: 'a.pdf' },
              { type: 'text', data: 'what?' },
            ],
          },
        ],
      },
    );

    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAA', detail: 'high' } },
          { type: 'input_audio', input_audio: { data: 'BBB', format: 'mp3' } },
          { type: 'video_url', video_url: { url: 'https://files/x.mp4' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,CCC' } },
          { type: 'text', text: 'what?' },
        ],
      },
    ]);
  });

  const call = { id: 'c1', type: 'function', function: { name: 'now', arguments: '{}' } } as const;
  const turn: LlmRequest['messages'] = [
    {
      role: 'system',
      content: [
        { type: 'text', data: 'Be ' },
        { type: 'text', data: 'kind' },
      ],
    },
    { role: 'user', content: 'time?' },
    { role: 'assistant', content: '', toolCalls: [call] },
    { role: 'tool', content: 'noon', toolCallId: 'c1', name: 'now' },
  ];

  it('should send a turn with a tool back', async () => {
    expect((await sent({}, { messages: turn })).body.messages).toEqual([
      { role: 'system', content: 'Be kind' },
      { role: 'user', content: 'time?' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: 'noon' },
    ]);
  });

  it('should send a turn with a tool back in the older form', async () => {
    expect((await sent({ function_calling_type: 'function_call' }, { messages: turn })).body.messages).toMatchObject([
      {},
      {},
      { role: 'assistant', content: '', function_call: call.function },
      { role: 'function', name: 'now', content: 'noon' },
    ]);
  });
});

describe('structured output', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } };

  it('should go to the model as a schema where it takes one', async () => {
    const { body } = await sent({ structured_output_support: 'supported' }, { structuredOutput: { schema } });

    expect(body.response_format).toEqual({ type: 'json_schema', json_schema: { name: 'llm_response', schema } });
  });

  it('should go into the system message where it does not', async () => {
    const { body } = await sent({}, { structuredOutput: { schema }, messages: [{ role: 'system', content: 'Be kind' }] });

    expect(body).not.toHaveProperty('response_format');
    expect(body.messages).toEqual([{ role: 'system', content: expect.stringMatching(/^Be kind\n\n.*\n\{"type":"object"/) as string }]);
  });

  it.each([
    [{ response_format: 'json_object' }, { type: 'json_object' }],
    [
      { response_format: 'json_schema', json_schema: '{"type":"object"}' },
      { type: 'json_schema', json_schema: { name: 'llm_response', schema: { type: 'object' } } },
    ],
    [
      { response_format: 'json_schema', json_schema: '{"name":"n","schema":{},"strict":true}' },
      { type: 'json_schema', json_schema: { name: 'n', schema: {}, strict: true } },
    ],
    [{ response_format: 'text' }, undefined],
  ])('should read the parameters %j', async (parameters, format) => {
    expect((await sent({ structured_output_support: 'supported' }, { parameters })).body.response_format).toEqual(format);
  });

  it.each([{ response_format: 'json_schema' }, { response_format: 'json_schema', json_schema: 'no json' }])(
    'should refuse the parameters %j',
    async (parameters) => {
      await expect(sent({ structured_output_support: 'supported' }, { parameters })).rejects.toMatchObject({
        name: 'InvokeBadRequestError',
      });
    },
  );
});

describe('thinking', () => {
  it.each([
    ['strict', 'supported', { enable_thinking: true, reasoning_effort: 'low' }, { reasoning_effort: 'low' }],
    ['strict', 'supported', { enable_thinking: false, reasoning_effort: 'low' }, {}],
    [
      'extended',
      'only_thinking_supported',
      { reasoning_effort: 'low', reasoning_format: 'auto' },
      {
        reasoning_effort: 'low',
        reasoning_format: 'auto',
        enable_thinking: true,
        thinking: { type: 'enabled' },
        chat_template_kwargs: { enable_thinking: true, thinking: true, reasoning_effort: 'low' },
      },
    ],
    [
      'extended',
      'supported',
      { enable_thinking: false },
      { enable_thinking: false, thinking: { type: 'disabled' }, chat_template_kwargs: { enable_thinking: false, thinking: false } },
    ],
  ])('should reach a %s server whose model is %s', async (compatibility_mode, agent_thought_support, parameters, fields) => {
    const { body } = await sent({ compatibility_mode, agent_thought_support }, { parameters });
    const { model: _m, messages: _ms, stream: _s, stream_options: _o, ...rest } = body;

    expect(rest).toEqual(fields);
  });

  it('should be an object for vendors whose rule is a switch', async () => {
    const { path, body } = await sent(
      { api_key: 'k' },
      { parameters: { thinking: false, temperature: 0.5 } },
      { provider: 'deepseek', model: 'deepseek-v4-pro' },
    );

    expect(path).toBe('/v1/chat/completions');
    expect(body).toMatchObject({ thinking: { type: 'disabled' }, temperature: 0.5 });
    expect(body).not.toHaveProperty('user');
  });
});

describe('providers made of facts', () => {
  it('should send an OpenAI model the limit under its newer name, and the organization', async () => {
    const { path, headers, body } = await sent(
      { openai_api_key: 'sk-1', openai_organization: 'org-1' },
      { parameters: { max_tokens: 9 } },
      { provider: 'openai', model: 'gpt-5.6' },
    );

    expect(path).toBe('/v1/chat/completions');
    expect(headers).toMatchObject({ authorization: 'Bearer sk-1', 'openai-organization': 'org-1' });
    expect(body).toMatchObject({ max_completion_tokens: 9 });
    expect(body).not.toHaveProperty('enable_stream');
  });

  it('should reach Ollama by its OpenAI route', async () => {
    const { path, body } = await sent(
      { mode: 'chat', context_size: '4096', max_tokens: '4096' },
      {},
      { provider: 'ollama', model: 'llama3' },
    );

    expect(path).toBe('/v1/chat/completions');
    expect(body.model).toBe('llama3');
  });

  it('should refuse a parameter out of bounds before anything is sent', async () => {
    await expect(sent({}, { parameters: { temperature: 3 } })).rejects.toThrow(
      '[openai_api_compatible] Model parameter temperature should be 2 or less, not 3.',
    );
    expect(vendor.received).toHaveLength(0);
  });

  it('should refuse a key that can not stand in a header', async () => {
    await expect(sent({ api_key: 'sk-1\r\nx: y' })).rejects.toMatchObject({ name: 'InvokeBadRequestError' });
  });

  it.each([
    ['none/such/provider', 'ProviderNotFoundError'],
    ['no such', 'ProviderNotFoundError'],
    ['deepseek', 'ModelNotFoundError'],
  ])('should say that %s does not have it', async (provider, name) => {
    await expect(sent({}, {}, { provider, model: 'unknown-model' })).rejects.toMatchObject({ name });
  });
});
