import { isJsonObject } from '#common';
import { WorkflowError } from '../../workflow.errors.js';

/** The JSON Schema an llm node's author gave, also as JSON text. Throws when there is none. */
export function schemaOf(raw: unknown): Record<string, unknown> {
  const schema = typeof raw === 'string' ? parsed(raw) : raw;
  if (isJsonObject(schema) && Object.keys(schema).length > 0) return schema;
  throw new WorkflowError('Structured output is switched on, but the node has no JSON schema for it: fill in `structured_output.schema`.', {
    errorType: 'LLMNodeError',
  });
}

/** The answer is not the JSON that was asked for. The text is the recorded one, its beginning twice. */
export function structuredOutputFailure(answer: string): WorkflowError {
  const prefix = 'Failed to parse structured output: ';
  return new WorkflowError(`${prefix}${prefix}${answer}`, { errorType: 'LLMNodeError' });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
