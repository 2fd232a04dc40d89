import { countPromptTokens, countTextTokens } from './token-counter.js';

describe('counting tokens', () => {
  it('should count texts', async () => {
    expect(await countTextTokens(['Hello world', '', 'Hello <|endoftext|> world'])).toEqual([2, 0, expect.any(Number)]);
  });

  it('should count a long text in pieces without going astray', async () => {
    const [once = 0, many = 0] = await countTextTokens(['The quick brown fox. ', 'The quick brown fox. '.repeat(2000)]);

    expect(many / (once * 2000)).toBeGreaterThan(0.7);
    expect(many / (once * 2000)).toBeLessThan(1.1);
  });

  it('should take a long run without a break, and not cut a character in two', async () => {
    const [letters = 0, faces = 0] = await countTextTokens(['a'.repeat(50_000), `x${'🙂'.repeat(10_000)}`]);

    expect(letters).toBeGreaterThan(100);
    expect(faces).toBeGreaterThan(100);
  });

  it('should count messages, calls and tools', async () => {
    const hi = await countPromptTokens([{ role: 'user', content: 'hi' }]);
    const call = { id: 'a', type: 'function', function: { name: 'now', arguments: '{}' } } as const;

    expect(await countPromptTokens([])).toBe(0);
    expect(hi).toBeGreaterThan(1);
    expect(await countPromptTokens([{ role: 'assistant', content: 'hi', toolCalls: [call] }])).toBeGreaterThan(hi);
    expect(
      await countPromptTokens([{ role: 'user', content: 'hi' }], [{ name: 'now', description: 'time', parameters: {} }]),
    ).toBeGreaterThan(hi);
  });
});
