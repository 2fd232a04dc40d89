import type { LlmRequest } from '../types/llm.js';
import type { PromptMessage } from '../types/prompt-message.js';
import { textOf } from '../types/prompt-message.js';
import { tryParseJson } from '../wire/json-access.js';
import { sampleJson } from './sample-json.js';

/** What the test model answers. */
export type EchoAnswer =
  { kind: 'text'; text: string } | { kind: 'tool'; name: string; arguments: string } | { kind: 'failure'; status: number };

const NOTICE =
  'I am the built-in test model of Baya: I repeat, look up and count, but do not think. Add a model provider in the settings for real answers.';

/**
 * The answer to a prompt, always the same for the same prompt. In the last user message `USE <tool> {json}` asks for a tool call and
 * `FAIL <status>` for a failure; a request for structured output gets the smallest JSON of its schema; else the answer quotes the tool's result, the
 * sentence of the system message that shares most words with the question, or the question.
 */
export function echoAnswer(request: LlmRequest): EchoAnswer {
  const last = request.messages.at(-1);
  const question = lastQuestion(request.messages);
  const failure = /^FAIL (\d{3})\b/.exec(question);
  if (failure) return { kind: 'failure', status: Number(failure[1]) };
  const wanted = last?.role === 'user' ? /\bUSE ([\w-]+)\s*(\{.*\})?/s.exec(question) : null;
  if (wanted && request.tools?.some((tool) => tool.name === wanted[1]))
    return { kind: 'tool', name: wanted[1] ?? '', arguments: wanted[2] ?? '{}' };
  const schema = request.structuredOutput?.schema ?? wrappedSchema(request.parameters?.json_schema);
  if (schema) return { kind: 'text', text: JSON.stringify(sampleJson(schema, question)) };
  if (last?.role === 'tool') return { kind: 'text', text: `The tool ${last.name ?? last.toolCallId} answered: ${textOf(last.content)}` };
  const found = bestSentence(systemText(request.messages), question);
  return { kind: 'text', text: found === undefined ? `You said: ${question}\n\n${NOTICE}` : `From the context: ${found}\n\n${NOTICE}` };
}

/** The text cut into words, each with the blanks before it: joined they are the text. */
export function splitWords(text: string): string[] {
  return text.match(/\s*\S+/g) ?? [];
}

function lastQuestion(messages: readonly PromptMessage[]): string {
  const message = messages.findLast(({ role }) => role === 'user') ?? messages.at(-1);
  if (!message) return '';
  if (typeof message.content === 'string') return message.content.trim();
  return message.content
    .map((part) => (part.type === 'text' ? part.data : `[${part.type}]`))
    .join(' ')
    .trim();
}

function systemText(messages: readonly PromptMessage[]): string {
  return messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => textOf(content))
    .join('\n');
}

function wrappedSchema(parameter: unknown): Record<string, unknown> | undefined {
  const parsed = typeof parameter === 'string' ? tryParseJson(parameter) : undefined;
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  return 'schema' in parsed ? (parsed.schema as Record<string, unknown>) : (parsed as Record<string, unknown>);
}

/** The sentence with most words of the question, when there are two at least. */
function bestSentence(context: string, question: string): string | undefined {
  const asked = words(question);
  let best: { sentence: string; shared: number } | undefined;
  for (const sentence of context.split(/(?<=[.!?。！？])\s*|\n+/u)) {
    const shared = [...words(sentence)].filter((word) => asked.has(word)).length;
    if (shared >= 2 && shared > (best?.shared ?? 0)) best = { sentence: sentence.trim(), shared };
  }
  return best?.sentence;
}

/** Words of four letters and more, and pairs of ideographs. */
function words(text: string): Set<string> {
  const lower = text.toLowerCase();
  const found = new Set(lower.match(/[\p{L}\p{N}]{4,}/gu) ?? []);
  const ideographs = [...lower.matchAll(/\p{Script=Han}+/gu)].map(([run]) => run);
  for (const run of ideographs) for (let index = 0; index + 1 < run.length; index += 1) found.add(run.slice(index, index + 2));
  return found;
}
