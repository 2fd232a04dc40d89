const INITIAL_LENGTH = 20;
const FALLBACK_LENGTH = 50;
const FALLBACK_KEPT = 47;
const SURROGATE = /[\ud800-\udfff]/;

/** The name of a conversation while it has no title: the first 20 characters of the query (contract service-and-web-api 10). */
export function initialConversationName(query: string): string {
  if (query === '') return 'New conversation';
  return shortened(query, INITIAL_LENGTH, INITIAL_LENGTH, '…');
}

/** The name of a conversation for which no title could be made. */
export function fallbackConversationName(query: string): string {
  return shortened(query, FALLBACK_LENGTH, FALLBACK_KEPT, '...');
}

function shortened(text: string, limit: number, kept: number, mark: string): string {
  if (text.length <= limit) return text;
  const start = text.slice(0, limit + 1);
  if (!SURROGATE.test(start)) return text.slice(0, kept) + mark;
  const characters = firstCharacters(text, limit + 1);
  return characters.length > limit ? `${characters.slice(0, kept).join('')}${mark}` : text;
}

/** Up to `count` characters, not UTF-16 units, without walking through the rest. */
export function firstCharacters(text: string, count: number): string[] {
  return Array.from(text.slice(0, count * 2)).slice(0, count);
}
