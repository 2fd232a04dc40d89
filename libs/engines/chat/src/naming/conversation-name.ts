const INITIAL_LENGTH = 20;
const FALLBACK_LENGTH = 50;
const FALLBACK_KEPT = 47;

/** The name of a conversation while it has no title: the first 20 characters of the query (contract service-and-web-api 10). */
export function initialConversationName(query: string): string {
  if (query === '') return 'New conversation';
  const characters = firstCharacters(query, INITIAL_LENGTH + 1);
  return characters.length > INITIAL_LENGTH ? `${characters.slice(0, INITIAL_LENGTH).join('')}…` : query;
}

/** The name of a conversation for which no title could be made. */
export function fallbackConversationName(query: string): string {
  const characters = firstCharacters(query, FALLBACK_LENGTH + 1);
  return characters.length > FALLBACK_LENGTH ? `${characters.slice(0, FALLBACK_KEPT).join('')}...` : query;
}

/** Up to `count` characters, not UTF-16 units, without walking through the rest. */
export function firstCharacters(text: string, count: number): string[] {
  return Array.from(text.slice(0, count * 2)).slice(0, count);
}
