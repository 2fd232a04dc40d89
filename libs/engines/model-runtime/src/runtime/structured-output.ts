import type { LlmRequest, StructuredOutput } from '../types/llm.js';
import type { ModelSchema } from '../types/model-schema.js';
import type { PromptMessage } from '../types/prompt-message.js';
import { textOf } from '../types/prompt-message.js';
import { asRecord, tryParseJson } from '../wire/json-access.js';

/**
 * Fits a request for structured output to the model: one that takes a schema is given it; any other is told in the system message, and asked
 * for JSON where it has a parameter for that.
 */
export function fitStructuredOutput(schema: ModelSchema | null, request: LlmRequest): LlmRequest {
  const { structuredOutput, ...rest } = request;
  if (!structuredOutput) return request;
  const { response_format: _format, json_schema: _schema, ...parameters } = request.parameters ?? {};
  if (schema?.features?.includes('structured-output')) return { ...rest, parameters, structuredOutput };
  const options = schema?.parameterRules.find((rule) => rule.name === 'response_format')?.options ?? [];
  const format = ['json_object', 'JSON'].find((option) => options.includes(option));
  return {
    ...rest,
    parameters: format === undefined ? parameters : { ...parameters, response_format: format },
    messages: withInstruction(request.messages, structuredOutput),
  };
}

function withInstruction(messages: readonly PromptMessage[], output: StructuredOutput): PromptMessage[] {
  const instruction = `Answer with one JSON object and nothing else: no explanation, no code fence. It must follow this JSON schema:\n${JSON.stringify(output.schema)}`;
  const index = messages.findIndex((message) => message.role === 'system');
  const system = messages[index];
  if (!system) return [{ role: 'system', content: instruction }, ...messages];
  return messages.with(index, { role: 'system', content: `${textOf(system.content)}\n\n${instruction}` });
}

/** The JSON object in an answer, also inside a code fence, among words, or cut off; null when there is none. */
export function parseStructuredOutput(text: string): Record<string, unknown> | null {
  const answer = text.replaceAll(/<think>[\s\S]*?<\/think>/gi, '').trim();
  const start = answer.indexOf('{');
  if (start === -1) return null;
  const end = answer.lastIndexOf('}');
  const candidates = [answer, answer.slice(start, end + 1), repaired(answer.slice(start))];
  for (const candidate of candidates) {
    const parsed = asRecord(tryParseJson(candidate));
    if (parsed) return parsed;
  }
  return null;
}

/** Closes what was left open and takes out commas before a closing bracket; stops where the first object ends. */
function repaired(text: string): string {
  const open: string[] = [];
  let result = '';
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (inString) {
      result += character === '\n' ? '\\n' : character;
      if (character === '\\') result += text.charAt((index += 1));
      else if (character === '"') inString = false;
      continue;
    }
    if (character === '"') inString = true;
    if (character === '{' || character === '[') open.push(character === '{' ? '}' : ']');
    if (character === '}' || character === ']') {
      result = result.replace(/,\s*$/, '');
      open.pop();
    }
    result += character;
    if (open.length === 0) return result;
  }
  const tail = inString ? '"' : '';
  return `${(result + tail).replace(/[,:]\s*$/, '')}${open.reverse().join('')}`;
}
