import { describeCustomModel } from './custom-model.js';

describe('describeCustomModel', () => {
  const chat = {
    context_size: '8192',
    max_tokens_to_sample: '4096',
    mode: 'chat',
    function_calling_type: 'tool_call',
    stream_function_calling: 'supported',
    vision_support: 'support',
  };

  it('should describe a chat model as a running Dify does', () => {
    const schema = describeCustomModel('mock-chat', 'llm', chat);

    expect(schema).toMatchObject({
      model: 'mock-chat',
      label: { en_US: 'mock-chat', zh_Hans: 'mock-chat' },
      features: ['multi-tool-call', 'stream-tool-call', 'vision'],
      fetchFrom: 'customizable-model',
      properties: { context_size: 8192, mode: 'chat' },
      deprecated: false,
      pricing: null,
    });
    expect(
      schema.parameterRules.map(({ name, type, default: preset, min, max, precision }) => [name, type, preset, min, max, precision]),
    ).toEqual([
      ['temperature', 'float', 0.7, 0, 2, 2],
      ['top_p', 'float', 1, 0, 1, 2],
      ['frequency_penalty', 'float', 0, -2, 2, null],
      ['presence_penalty', 'float', 0, -2, 2, null],
      ['max_tokens', 'int', 512, 1, 4096, null],
    ]);
    expect(schema.parameterRules.every((rule) => rule.useTemplate === null && rule.help !== null)).toBe(true);
  });

  it('should add rules and features for thinking, schemas and media', () => {
    const schema = describeCustomModel('m', 'llm', {
      ...chat,
      display_name: 'Shown',
      function_calling_type: 'function_call',
      agent_thought_support: 'supported',
      structured_output_support: 'supported',
      audio_support: 'support',
      document_support: 'support',
      video_support: 'no_support',
    });

    expect(schema.label.en_US).toBe('Shown');
    expect(schema.features).toEqual(['tool-call', 'stream-tool-call', 'vision', 'agent-thought', 'audio', 'document', 'structured-output']);
    expect(schema.parameterRules.slice(5).map((rule) => rule.name)).toEqual([
      'enable_thinking',
      'reasoning_format',
      'reasoning_effort',
      'response_format',
      'json_schema',
    ]);
  });

  it('should leave the switch away where the model always thinks', () => {
    const names = describeCustomModel('m', 'llm', { agent_thought_support: 'only_thinking_supported' }).parameterRules.map(
      (rule) => rule.name,
    );

    expect(names).toContain('reasoning_effort');
    expect(names).not.toContain('enable_thinking');
  });

  it.each([
    ['text-embedding', { context_size: '8192', max_chunks: '5' }, { context_size: 8192, max_chunks: 5 }],
    ['text-embedding', {}, { max_chunks: 1 }],
    ['rerank', { context_size: '512' }, { context_size: 512 }],
    ['speech2text', { language: 'en' }, {}],
  ] as const)('should describe a %s model', (modelType, credentials, properties) => {
    expect(describeCustomModel('m', modelType, credentials)).toMatchObject({ modelType, features: null, properties, parameterRules: [] });
  });

  it('should list the voices of the form', () => {
    expect(describeCustomModel('m', 'tts', { voices: 'a, b' }).properties).toMatchObject({
      default_voice: 'a',
      voices: [{ mode: 'a' }, { mode: 'b' }],
      audio_type: 'mp3',
    });
  });

  it('should not believe a size that is none', () => {
    expect(describeCustomModel('m', 'llm', { context_size: 'large' }).properties).toEqual({ mode: 'chat' });
  });
});
