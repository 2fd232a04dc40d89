import type { LlmRequest } from '#engines/model-runtime';
import { firstCharacters } from './conversation-name.js';
import { textFieldOf } from './loose-json.js';

const MAX_QUERY = 2000;
const KEPT = 300;
const MAX_TITLE = 75;
const TITLE_KEYS = ['title', 'Your Output'];

const INSTRUCTION = `Find a short title for a conversation that begins with the message below.
The title is in the language of that message, names its topic in a few words, and does not answer it.
Reply with a JSON object that has the single key "title".

Message:
`;

/** What the default model is asked for a title (contract models-agents-tools 15). */
export function titleRequest(query: string): LlmRequest {
  return {
    messages: [{ role: 'user', content: INSTRUCTION + shortened(query).replaceAll('\n', ' ') }],
    parameters: { max_tokens: 500, temperature: 1 },
  };
}

/** Reads a title from the model's reply: the JSON field it was asked for, else the query; at most 75 characters. */
export function parseTitle(reply: string, query: string): string {
  const title = textFieldOf(reply, TITLE_KEYS)?.trim() ?? '';
  const name = title === '' ? query.trim() : title;
  const characters = firstCharacters(name, MAX_TITLE + 1);
  return characters.length > MAX_TITLE ? `${characters.slice(0, MAX_TITLE).join('')}...` : name;
}

function shortened(query: string): string {
  return query.length <= MAX_QUERY ? query : `${query.slice(0, KEPT)}...[TRUNCATED]...${query.slice(-KEPT)}`.toWellFormed();
}
