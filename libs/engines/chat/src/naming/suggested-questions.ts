import type { LlmRequest } from '#engines/model-runtime';
import { buildHistory } from '../memory/history.js';
import { historyText } from '../memory/history-text.js';
import type { HistoryMessage } from '../memory/thread.js';
import { currentThread } from '../memory/thread.js';
import type { TokenCounter } from '../memory/token-counter.port.js';
import { textListOf } from './loose-json.js';

const MAX_MESSAGES = 3;
const MAX_TOKENS = 3000;
const PREFIXES = { user: 'Human', assistant: 'Assistant' };

const INSTRUCTION = `Think of the three questions a person is most likely to ask next, given the conversation above.
Write each in the language of the assistant, in fewer than twenty characters.
Reply with nothing but a JSON array of these three strings.`;

/** How follow-up questions are asked for; each field has the environment variable of contract models-agents-tools 15 behind it. */
export interface SuggestedQuestionsOptions {
  /** `SUGGESTED_QUESTIONS_PROMPT`: replaces the instruction. */
  instruction?: string;
  /** `SUGGESTED_QUESTIONS_MAX_TOKENS`, default 256. */
  maxTokens?: number;
  /** `SUGGESTED_QUESTIONS_TEMPERATURE`, default 0. */
  temperature?: number;
  counter?: TokenCounter;
}

/** The last three messages of the thread as text, at most 3000 tokens where tokens are counted. */
export async function suggestedQuestionsHistory(newestFirst: readonly HistoryMessage[], counter?: TokenCounter): Promise<string> {
  const recent = currentThread(newestFirst).slice(0, MAX_MESSAGES);
  const messages = await buildHistory(recent, { budget: MAX_TOKENS, ...(counter && { counter }) });
  return historyText(messages, PREFIXES);
}

/** What the default model is asked for follow-up questions. */
export async function suggestedQuestionsRequest(
  newestFirst: readonly HistoryMessage[],
  options: SuggestedQuestionsOptions = {},
): Promise<LlmRequest> {
  const history = await suggestedQuestionsHistory(newestFirst, options.counter);
  return {
    messages: [{ role: 'user', content: `${history}\n\n${options.instruction ?? INSTRUCTION}\n` }],
    parameters: { max_tokens: options.maxTokens ?? 256, temperature: options.temperature ?? 0 },
  };
}

/** Reads the questions from the model's reply: the strings of its first JSON list; [] when there is none. */
export function parseSuggestedQuestions(reply: string): string[] {
  return textListOf(reply)
    .map((question) => question.trim())
    .filter((question) => question !== '');
}
