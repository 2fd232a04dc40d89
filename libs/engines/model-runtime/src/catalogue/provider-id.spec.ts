import { ProviderNotFoundError } from '../model-runtime.errors.js';
import { longProviderId, shortProviderId } from './provider-id.js';

describe('longProviderId', () => {
  it.each([
    ['openai', 'langgenius/openai/openai'],
    ['google', 'langgenius/gemini/google'],
    ['acme/models/chat', 'acme/models/chat'],
    // Names that every object of JavaScript has.
    ['constructor', 'langgenius/constructor/constructor'],
    ['__proto__', 'langgenius/__proto__/__proto__'],
  ])('should make %s %s', (id, long) => {
    expect(longProviderId(id)).toBe(long);
    expect(shortProviderId(long)).toBe(id.slice(id.lastIndexOf('/') + 1));
  });

  it.each(['', 'OpenAI', 'a/b', 'a/b/c/d', 'hasOwnProperty'])('should refuse %j', (id) => {
    expect(() => longProviderId(id)).toThrow(ProviderNotFoundError);
  });
});
