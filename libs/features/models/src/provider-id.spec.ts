import { parseProviderId } from './provider-id.js';

describe('parseProviderId', () => {
  it.each([
    ['openai', 'langgenius/openai/openai'],
    ['builtin', 'baya/builtin/builtin'],
    ['google', 'langgenius/gemini/google'],
    ['langgenius/openai/openai', 'langgenius/openai/openai'],
    ['acme/some-plugin/x_1', 'acme/some-plugin/x_1'],
  ])('should read %s as %s', (text, id) => {
    expect(parseProviderId(text)).toBe(id);
  });

  it.each(['', 'a/b', 'a/b/c/d', 'Open AI', 'a//b', '../x/y', 'constructor.name', 'langgenius/openai/openai/'])(
    'should refuse %j',
    (text) => {
      expect(() => parseProviderId(text)).toThrow(expect.objectContaining({ code: 'invalid_param', status: 400 }));
    },
  );
});
