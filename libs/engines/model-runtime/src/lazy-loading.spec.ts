const loaded: string[] = [];

vi.mock('gpt-tokenizer/encoding/o200k_base', async (original) => {
  loaded.push('gpt-tokenizer');
  return original();
});
vi.mock('@ai-sdk/anthropic', async (original) => {
  loaded.push('@ai-sdk/anthropic');
  return original();
});

describe('importing the engine', () => {
  it('should load neither the tokenizer nor the package of a vendor before they are needed', async () => {
    const { StandardModelRuntime, BUILTIN_PROVIDER } = await import('./index.js');
    const runtime = new StandardModelRuntime({ http: { request: () => Promise.reject(new Error('no network')) } });
    await runtime.listProviders();
    await runtime.invokeLlmBlocking(
      { provider: BUILTIN_PROVIDER, model: 'echo-1', credentials: {} },
      { messages: [{ role: 'user', content: 'hi' }] },
    );
    expect(loaded).toEqual([]);

    await runtime.countTokens([{ role: 'user', content: 'hi' }]);
    expect(loaded).toEqual(['gpt-tokenizer']);

    const anthropic = { provider: 'anthropic', model: 'claude-3-haiku-20240307', credentials: { anthropic_api_key: 'k' } };
    await runtime.invokeLlmBlocking(anthropic, { messages: [{ role: 'user', content: 'hi' }] }).catch(() => undefined);
    expect(loaded).toEqual(['gpt-tokenizer', '@ai-sdk/anthropic']);
  });
});
