import { once } from '../once.js';
import type { PromptMessage, PromptTool } from '../types/prompt-message.js';
import { textOf } from '../types/prompt-message.js';

/** Longer texts are counted in pieces: a long run without a break costs the square of its length. In characters. */
const PIECE = 8000;
/** What the chat form adds to each message, and to the whole. */
const PER_MESSAGE = 4;
const PER_PROMPT = 3;

type CountTokens = (text: string) => number;

/** The vocabulary is 2 MB of code: loaded when something is counted for the first time. */
const loadCounter = once(async (): Promise<CountTokens> => {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  return (text) => countTokens(text, { disallowedSpecial: new Set<string>() });
});

/** Tokens of each text in the o200k vocabulary: exact for some models, an estimate for the others. */
export async function countTextTokens(texts: readonly string[]): Promise<number[]> {
  const count = await loadCounter();
  return texts.map((text) => countText(count, text));
}

/** Tokens of a prompt; media parts are not counted. */
export async function countPromptTokens(messages: readonly PromptMessage[], tools: readonly PromptTool[] = []): Promise<number> {
  const count = await loadCounter();
  let sum = messages.length > 0 ? PER_PROMPT : 0;
  for (const message of messages) {
    sum += PER_MESSAGE + countText(count, textOf(message.content));
    if (message.name) sum += countText(count, message.name);
    if (message.role !== 'assistant') continue;
    for (const call of message.toolCalls ?? []) sum += countText(count, call.function.name) + countText(count, call.function.arguments);
  }
  for (const tool of tools) sum += countText(count, JSON.stringify(tool));
  return sum;
}

function countText(count: CountTokens, text: string): number {
  if (text.length <= PIECE) return text === '' ? 0 : count(text);
  let sum = 0;
  for (let start = 0; start < text.length;) {
    const end = pieceEnd(text, start);
    sum += count(text.slice(start, end));
    start = end;
  }
  return sum;
}

/** Not inside a surrogate pair, and before a blank when one is near. */
function pieceEnd(text: string, start: number): number {
  const end = Math.min(text.length, start + PIECE);
  if (end === text.length) return end;
  const blank = text.lastIndexOf(' ', end);
  if (blank > start + PIECE / 2) return blank;
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code < 0xdc00 ? end - 1 : end;
}
